using IngestPipeline.Feeds.Text;

namespace IngestPipeline.Feeds.Lists;

/// <summary>
/// Reads a plain list of feeds: an address a line, which may leave out https://. Blank lines are passed over, and what stands behind a # at a word's start.
/// </summary>
internal static class PlainListReader
{
    /// <summary>The list; null when the first line that says something is no address, so that the file is something else.</summary>
    public static FeedListResult? Read(ReadOnlySpan<byte> bytes)
    {
        var (encoding, skip) = DocumentEncoding.Choose(bytes, null, new Repairs());
        var feeds = new List<FeedSettings>();
        var known = new HashSet<string>(StringComparer.Ordinal);
        var problems = new List<FeedListProblem>();
        var number = 0;
        foreach (var whole in encoding.GetString(bytes[skip..]).AsSpan().EnumerateLines())
        {
            number++;
            var line = WithoutComment(whole);
            if (line.IsEmpty)
                continue;
            if (!IsAddress(line))
            {
                if (known.Count + problems.Count == 0)
                    return null;
                problems.Add(new(number, "a plain list has one address a line, and nothing beside it"));
                continue;
            }

            var text = line.ToString();
            var url = FeedAddress.Check(text.Contains("://", StringComparison.Ordinal) ? text : "https://" + text, out var problem);
            if (url is null)
                problems.Add(new(number, problem!));
            else if (new FeedSettings { Url = url } is var feed && known.Add(feed.Id))
                feeds.Add(feed);
        }

        return known.Count + problems.Count == 0 ? null : new(new(feeds), problems) { Form = FeedListForm.Plain };
    }

    private static ReadOnlySpan<char> WithoutComment(ReadOnlySpan<char> line)
    {
        line = line.Trim();
        for (var i = 0; i < line.Length; i++)
        {
            // Within an address it begins a fragment.
            if (line[i] == '#' && (i == 0 || char.IsWhiteSpace(line[i - 1])))
                return line[..i].TrimEnd();
        }

        return line;
    }

    // One word with a scheme, or with a dot in its host: a word alone is no host of the web.
    private static bool IsAddress(ReadOnlySpan<char> line)
    {
        foreach (var c in line)
        {
            if (char.IsWhiteSpace(c) || char.IsControl(c) || c is '"' or '\'' or '{' or '}' or '<' or '>' or '\\')
                return false;
        }

        if (line.Contains("://", StringComparison.Ordinal))
            return true;
        var end = line.IndexOfAny('/', '?');
        return line[..(end < 0 ? line.Length : end)].IndexOf('.') > 0;
    }
}
