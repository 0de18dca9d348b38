using IngestPipeline.Feeds.Text;

namespace IngestPipeline.Feeds.Formats;

/// <summary>Channel Definition Format (https://www.w3.org/TR/NOTE-CDFsubmit): addresses and dates stand in attributes.</summary>
internal sealed class CdfAdapter : FeedAdapter
{
    /// <inheritdoc />
    public override FeedFormat Format => FeedFormat.Cdf;

    /// <inheritdoc />
    public override bool IsEntry(FeedElement element) => element.Local == "item";

    /// <inheritdoc />
    public override void BeginEntry(FeedElement element, EntryDraft entry)
    {
        entry.Link.Set(element.AddressAttribute("href"), 0);
        entry.Updated.Set(Dates.FeedDate.Parse(element.Attribute("lastmod")), 0);
    }

    /// <inheritdoc />
    public override void ReadEntry(FeedElement element, EntryDraft entry)
    {
        switch (element.Local)
        {
            case "title":
                entry.Title.Set(element.Text(TextKind.Html), 0);
                break;
            case "abstract" or "description":
                entry.Summary.Set(element.Text(TextKind.Html), 0);
                break;
            case "a":
                entry.Link.SetFirst(element.AddressAttribute("href"), 1);
                break;
        }
    }

    /// <inheritdoc />
    public override void ReadFeed(FeedElement element, FeedDraft feed)
    {
        switch (element.Local)
        {
            case "channel":
                feed.Link.SetFirst(element.AddressAttribute("href"), 0);
                feed.Updated.SetFirst(Dates.FeedDate.Parse(element.Attribute("lastmod")), 0);
                break;
            case "title":
                feed.Title.SetFirst(element.Text(TextKind.Html), 0);
                break;
            case "a":
                feed.Link.SetFirst(element.AddressAttribute("href"), 1);
                break;
        }
    }
}
