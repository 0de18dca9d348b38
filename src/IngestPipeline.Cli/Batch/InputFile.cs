using System.IO.Compression;

namespace IngestPipeline.Cli.Batch;

/// <summary>Reads a whole input file, decompressing gzip, up to a cap.</summary>
internal static class InputFile
{
    /// <summary>The most bytes of one page or feed, decoded: what a fetch would accept and then some.</summary>
    public const int MaxBytes = 64 * 1024 * 1024;

    /// <exception cref="CliException">The file is missing, unreadable, damaged or too large.</exception>
    public static byte[] Read(string path, Stream standardInput)
    {
        try
        {
            using var stream = BatchInput.Open(path, standardInput);
            using var memory = new MemoryStream();
            var buffer = new byte[1 << 16];
            for (int n; (n = stream.Read(buffer)) > 0;)
            {
                if (memory.Length + n > MaxBytes)
                    throw new CliException($"{path}: larger than {MaxBytes >> 20} MB when decompressed; not read");
                memory.Write(buffer, 0, n);
            }

            return memory.ToArray();
        }
        catch (InvalidDataException)
        {
            throw new CliException($"{path}: damaged gzip data; not read");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CliException(FileErrors.Say(path, e));
        }
    }

    /// <summary>Whether a file is plain text and not HTML. Its name says so; standard input and unknown endings are looked at.</summary>
    public static bool IsText(string path, ReadOnlySpan<byte> body)
    {
        var name = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? path[..^3] : path;
        return Path.GetExtension(name).ToUpperInvariant() switch
        {
            ".TXT" or ".TEXT" => true,
            ".HTML" or ".HTM" or ".XHTML" => false,
            _ => body[..Math.Min(body.Length, 4096)].IndexOf((byte)'<') < 0,
        };
    }
}
