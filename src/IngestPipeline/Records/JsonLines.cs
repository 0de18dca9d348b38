using System.Runtime.CompilerServices;

namespace IngestPipeline.Records;

/// <summary>Parts JSON lines, without reading them.</summary>
internal static class JsonLines
{
    private const int FirstBuffer = 256 * 1024;

    /// <summary>The lines of a stream, without their ends; empty lines are left out. A line is valid until the next is asked for.</summary>
    public static async IAsyncEnumerable<ReadOnlyMemory<byte>> ReadAsync(Stream stream, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        var buffer = new byte[FirstBuffer];
        int start = 0, end = 0;
        while (true)
        {
            var line = buffer.AsSpan(start, end - start).IndexOf((byte)'\n');
            if (line >= 0)
            {
                if (line > 0)
                    yield return buffer.AsMemory(start, line);
                start += line + 1;
                continue;
            }

            if (start > 0)
            {
                buffer.AsSpan(start, end - start).CopyTo(buffer);
                end -= start;
                start = 0;
            }

            if (end == buffer.Length)
                Array.Resize(ref buffer, buffer.Length * 2);
            var read = await stream.ReadAsync(buffer.AsMemory(end), cancellation).ConfigureAwait(false);
            if (read == 0)
            {
                if (end > start)
                    yield return buffer.AsMemory(start, end - start);
                yield break;
            }

            end += read;
        }
    }

    /// <summary>The lines of bytes at hand, without their ends; empty lines are left out.</summary>
    public static IEnumerable<ReadOnlyMemory<byte>> Split(ReadOnlyMemory<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            var end = bytes.Span.IndexOf((byte)'\n');
            var line = end < 0 ? bytes : bytes[..end];
            if (line.Length > 0)
                yield return line;
            bytes = end < 0 ? default : bytes[(end + 1)..];
        }
    }
}
