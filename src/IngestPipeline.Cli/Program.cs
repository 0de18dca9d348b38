using IngestPipeline;
using IngestPipeline.Cli;
using IngestPipeline.Cli.Consoles;

NativeHeap.KeepLargeBlocksApart();
var terminal = Terminal.OfProcess();
return await StopSignals.RunAsync(cancellation => IngestCli.RunAsync(args, terminal, cancellation), terminal);
