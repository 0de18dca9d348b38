using System.Net;
using Microsoft.Azure.Functions.Worker.Http;

namespace IngestPipeline.Tests.Functions.Triggers;

/// <summary>A request to the status, and the response that it was given.</summary>
internal sealed class StatusRequest : HttpRequestData
{
    public Response Given { get; } = new();

    public override HttpResponseData CreateResponse() => Given;

    internal sealed class Response : HttpResponseData
    {
        public override HttpStatusCode StatusCode { get; set; } = HttpStatusCode.OK;

        public override HttpHeadersCollection Headers { get; set; } = new();

        public override Stream Body { get; set; } = new MemoryStream();
    }
}
