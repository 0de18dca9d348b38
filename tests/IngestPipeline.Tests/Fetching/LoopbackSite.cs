using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace IngestPipeline.Tests.Fetching;

/// <summary>A web server on the loopback interface; an address that no test registered answers 599, which nothing takes for success.</summary>
internal sealed class LoopbackSite : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<string, Func<HttpContext, Task>> _pages = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<Asked> _requests = [];

    private LoopbackSite(WebApplication app) => _app = app;

    public IReadOnlyList<Asked> Requests => [.. _requests];

    public IEnumerable<string> Paths => Requests.Select(r => r.Path);

    public Uri Root { get; private set; } = null!;

    public string Host => Root.Authority;

    public static async Task<LoopbackSite> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0").ConfigureKestrel(k => k.ResponseHeaderEncodingSelector = _ => System.Text.Encoding.UTF8);
        var app = builder.Build();
        var site = new LoopbackSite(app);
        app.Run(site.AnswerAsync);
        await app.StartAsync();
        site.Root = new(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
        return site.Status("/robots.txt", 404);
    }

    public Uri Url(string path) => new(Root, path);

    public LoopbackSite On(string path, Func<HttpContext, Task> answer)
    {
        _pages[path] = answer;
        return this;
    }

    public LoopbackSite Page(string path, string body, string contentType = "text/html; charset=utf-8") => On(path, context =>
    {
        context.Response.ContentType = contentType;
        return context.Response.WriteAsync(body);
    });

    public LoopbackSite Status(string path, int status, params (string Name, string Value)[] headers) => On(path, context =>
    {
        context.Response.StatusCode = status;
        foreach (var (name, value) in headers)
            context.Response.Headers[name] = value;
        return Task.CompletedTask;
    });

    public LoopbackSite Redirect(string path, string to, int status = 302) => Status(path, status, ("Location", to));

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private Task AnswerAsync(HttpContext context)
    {
        var path = context.Request.Path + context.Request.QueryString.ToString();
        _requests.Enqueue(
            new(
                path, context.Request.Headers.ToDictionary(h => h.Key, h => h.Value.ToString(), StringComparer.OrdinalIgnoreCase),
                TimeProvider.System.GetUtcNow()));
        if (_pages.TryGetValue(path, out var page))
            return page(context);
        context.Response.StatusCode = 599;
        return Task.CompletedTask;
    }

    internal sealed record Asked(string Path, IReadOnlyDictionary<string, string> Headers, DateTimeOffset At);
}
