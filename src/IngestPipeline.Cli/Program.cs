using IngestPipeline;
using IngestPipeline.Cli;
using IngestPipeline.Cli.Consoles;

NativeHeap.KeepLargeBlocksApart();
return await IngestCli.RunAsync(args, Terminal.OfProcess());
