using IngestPipeline.Cli;
using IngestPipeline.Cli.Consoles;

return await IngestCli.RunAsync(args, Terminal.OfProcess());
