using System.Net;

namespace Microsoft.Azure.Functions.Worker.Http;

public abstract class HttpRequestData
{
    public abstract HttpResponseData CreateResponse();
}

public abstract class HttpResponseData
{
    public abstract HttpStatusCode StatusCode { get; set; }

    public abstract HttpHeadersCollection Headers { get; set; }

    public abstract Stream Body { get; set; }
}

[System.Diagnostics.CodeAnalysis.SuppressMessage("Naming", "CA1711", Justification = "The name of the type that it stands for.")]
public sealed class HttpHeadersCollection
{
    private readonly Dictionary<string, string?> _headers = new(StringComparer.OrdinalIgnoreCase);

    public void Add(string name, string? value) => _headers.Add(name, value);

    public string? Value(string name) => _headers.GetValueOrDefault(name);
}
