using System.Text.RegularExpressions;

namespace IngestPipeline.Feeds.Lists;

/// <summary>Which entries of a feed the user wants: those that match an include pattern, if there are any, and no exclude pattern.</summary>
/// <remarks>
/// A pattern is a text in which <c>*</c> stands for anything, compared without case to the whole of the link, the title and each category.
/// A pattern without <c>*</c> matches where it stands in the link or the title, and a category only as a whole.
/// </remarks>
public sealed class FeedFilter
{
    private readonly Pattern[] _include;
    private readonly Pattern[] _exclude;

    /// <summary>The filter of a feed.</summary>
    public FeedFilter(FeedSettings feed)
    {
        ArgumentNullException.ThrowIfNull(feed);
        _include = [.. feed.Include.Select(p => new Pattern(p))];
        _exclude = [.. feed.Exclude.Select(p => new Pattern(p))];
    }

    /// <summary>True when the entry is wanted.</summary>
    public bool Takes(FeedEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return (_include.Length == 0 || Array.Exists(_include, p => p.Matches(entry))) && !Array.Exists(_exclude, p => p.Matches(entry));
    }

    private sealed class Pattern(string text)
    {
        // Linear in the input: the pattern comes from a user, the text from outside.
        private readonly Regex? _whole = text.Contains('*', StringComparison.Ordinal)
            ? new(
                "^" + Regex.Escape(text).Replace("\\*", ".*", StringComparison.Ordinal) + "$",
                RegexOptions.NonBacktracking | RegexOptions.Singleline | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)
            : null;

        public bool Matches(FeedEntry entry) => _whole is { } whole
            ? (entry.Link is { } link && whole.IsMatch(link)) || (entry.Title is { } title && whole.IsMatch(title)) || entry.Categories.Any(whole.IsMatch)
            : Holds(entry.Link) || Holds(entry.Title) || entry.Categories.Contains(text, StringComparer.OrdinalIgnoreCase);

        private bool Holds(string? value) => value?.Contains(text, StringComparison.OrdinalIgnoreCase) == true;
    }
}
