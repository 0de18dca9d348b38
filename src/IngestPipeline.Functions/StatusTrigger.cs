using IngestPipeline.Pipeline.Live;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;

namespace IngestPipeline.Functions;

/// <summary>Health and figures as JSON, for whoever has the function's key.</summary>
public sealed class StatusTrigger(StatusReader status)
{
    /// <summary>Answers a request.</summary>
    [Function("Status")]
    public async Task<HttpResponseData> Run(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "status")] HttpRequestData request, CancellationToken cancellation)
    {
        var json = await status.ReadJsonAsync(cancellation);
        var response = request.CreateResponse();
        response.Headers.Add("Content-Type", "application/json; charset=utf-8");
        response.Headers.Add("Cache-Control", "no-store");
        await response.Body.WriteAsync(json, cancellation);
        return response;
    }
}
