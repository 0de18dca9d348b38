using IngestPipeline;
using IngestPipeline.Functions;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.Hosting;

NativeHeap.KeepLargeBlocksApart();
var builder = FunctionsApplication.CreateBuilder(args);
builder.Services.AddTelemetry(builder.Configuration);
builder.Services.AddPipeline(builder.Configuration);
await builder.Build().RunAsync();
