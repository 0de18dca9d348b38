using System.Globalization;

namespace IngestPipeline.Archive;

/// <summary>Reads a body within bounds of size and rate.</summary>
/// <param name="maxBytes">The most bytes; what follows is left unread.</param>
/// <param name="minimumRate">Bytes a second below which the body is given up; 0 = no bound.</param>
/// <param name="window">The time over which the rate is measured.</param>
/// <param name="time">The clock.</param>
internal sealed class BoundedBody(int maxBytes, int minimumRate, TimeSpan window, TimeProvider time)
{
    /// <exception cref="BadAnswerException">It came too slowly.</exception>
    public async Task<(byte[] Body, bool IsCut)> ReadAsync(HttpContent content, CancellationToken cancellation)
    {
        using var slow = new CancellationTokenSource();
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, slow.Token);
        using var body = new MemoryStream();
        long before = 0;
        long read = 0;
        var least = (long)(minimumRate * window.TotalSeconds);
        using var timer = minimumRate <= 0 ? null : time.CreateTimer(
            _ =>
            {
                var now = Interlocked.Read(ref read);
                if (now - before < least)
                    slow.Cancel();
                before = now;
            },
            null,
            window,
            window);
        try
        {
            var stream = await content.ReadAsStreamAsync(either.Token).ConfigureAwait(false);
            await using (stream.ConfigureAwait(false))
            {
                var buffer = new byte[16 * 1024];
                while (await stream.ReadAsync(buffer, either.Token).ConfigureAwait(false) is > 0 and var count)
                {
                    body.Write(buffer, 0, count);
                    Interlocked.Add(ref read, count);
                    if (body.Length <= maxBytes)
                        continue;
                    body.SetLength(maxBytes);
                    return (body.ToArray(), true);
                }
            }

            return (body.ToArray(), false);
        }
        catch (OperationCanceledException) when (slow.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            throw new BadAnswerException(
                FetchOutcome.TooSlow, string.Create(CultureInfo.InvariantCulture, $"the body came at less than {minimumRate} bytes a second"));
        }
    }
}
