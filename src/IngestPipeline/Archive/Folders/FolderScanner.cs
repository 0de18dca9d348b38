using System.Security.Cryptography;
using IngestPipeline.Archive.Bytes;
using IngestPipeline.Archive.Index;
using IngestPipeline.Feeds;

namespace IngestPipeline.Archive.Folders;

/// <summary>
/// Walks a folder in ordinal order: WARC files are scanned, feed and page files indexed under the URL that <see cref="WebArchive"/> describes.
/// </summary>
internal sealed class FolderScanner(CaptureIndex index, FaultList faults, WebArchiveOptions options, Action<string> scanWarc)
{
    private const int DeepestFolder = 64;

    /// <summary>Indexes a folder and what lies under it.</summary>
    public void Scan(string root, CancellationToken cancellation) => Scan(new DirectoryInfo(root), root, "", 0, [], cancellation);

    /// <summary>Indexes one feed or page file that was named by itself.</summary>
    public void AddFile(string file) => Add(file, Path.GetFileName(file));

    private void Scan(DirectoryInfo root, string folder, string prefix, int depth, HashSet<UInt128> listed, CancellationToken cancellation)
    {
        var manifest = Path.Combine(folder, CaptureList.FileName);
        if (File.Exists(manifest))
        {
            new CaptureList(folder, faults).ReadInto(
                listed, (file, told) => Add(file, prefix + Path.GetRelativePath(folder, file).Replace('\\', '/'), told));
        }

        foreach (var file in Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal))
        {
            cancellation.ThrowIfCancellationRequested();
            var name = Path.GetFileName(file);
            if (name.StartsWith('.') || name == CaptureList.FileName || listed.Contains(CaptureList.Mark(file)))
                continue;
            Try(file, () => Take(file, prefix + name));
        }

        foreach (var inner in Directory.EnumerateDirectories(folder).Order(StringComparer.Ordinal))
        {
            var name = Path.GetFileName(inner);
            if (name.StartsWith('.'))
                continue;
            if (new DirectoryInfo(inner) is { LinkTarget: not null } link)
                Leave(link, root);
            else if (depth == DeepestFolder)
                faults.Add(inner, 0, $"folders deeper than {DeepestFolder} are not looked into");
            else
                Scan(root, inner, prefix + name + "/", depth + 1, listed, cancellation);
        }
    }

    // Links may lead in circles. What one within the archive leads to is read where it lies.
    private void Leave(DirectoryInfo link, DirectoryInfo root)
    {
        var whole = root.ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? root.FullName;
        if (link.ResolveLinkTarget(returnFinalTarget: true) is { } target && IsWithin(target.FullName, whole))
            return;
        faults.Add(link.FullName, 0, "a link to a folder outside of the archive is not followed; name that folder as an archive of its own");
    }

    private static bool IsWithin(string path, string folder) =>
        (Path.TrimEndingDirectorySeparator(path) + Path.DirectorySeparatorChar).StartsWith(
            Path.TrimEndingDirectorySeparator(folder) + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    private void Take(string file, string relative)
    {
        if (IsWarcName(file))
        {
            if (!PageFile.IsEmpty(file))
                scanWarc(file);
            return;
        }

        // Other names are looked into: mirrored pages often have none of the usual extensions.
        var known = MediaTypes.OfFile(file) is not null;
        var content = known && !file.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? PageFileContent.Other : PageFile.Sniff(file);
        if (content == PageFileContent.Warc)
            scanWarc(file);
        else if (known || content != PageFileContent.Other)
            Add(file, relative);
    }

    internal static bool IsWarcName(string file)
    {
        var name = file.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? file[..^3] : file;
        return Path.GetExtension(name).ToUpperInvariant() is ".WARC" or ".WET" or ".WAT";
    }

    private void Add(string file, string relative, ToldCapture? told = null)
    {
        var (body, fault) = PageFile.Read(file, options.MaxBodyBytes);
        if (fault is not null)
            faults.Add(file, 0, fault);

        var prefix = body.Span[..Math.Min(body.Length, FeedSniffer.PrefixLength)];
        var status = told?.Status ?? 200;
        var media = MediaTypes.Of(told?.ContentType) ?? (MediaTypes.LooksLikeHtml(prefix) ? "text/html" : MediaTypes.OfFile(file));
        var feed = status is >= 200 and <= 299 && MediaTypes.IsFeed(prefix);
        var mirrored = told?.Url ?? FolderUrls.OfMirrored(relative);
        var own = mirrored is not null ? null
            : feed ? PageNames.OfFeed(body.Span)
            : media is "text/html" or "application/xhtml+xml" ? PageNames.OfPage(body.Span)
            : null;
        var url = mirrored ?? own ?? PathTail.InventedUrl(relative);
        index.Add(new(new(0, url, told?.Date, file, 0, status, media, feed, Convert.ToHexStringLower(SHA256.HashData(body.Span)))
        {
            Kind = CaptureKind.File,
            HeadersJson = told?.HeadersJson,
        })
        {
            IsPage = !feed && status == 200 && !body.IsEmpty && MediaTypes.IsPage(media, url, prefix),
            IsSelfNamed = own is not null,
            RelativePath = told is null ? relative : null,
        });
    }

    private void Try(string file, Action take)
    {
        try
        {
            take();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            faults.Add(file, 0, "cannot be read: " + e.Message);
        }
    }
}
