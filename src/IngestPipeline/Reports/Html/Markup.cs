namespace IngestPipeline.Reports.Html;

/// <summary>Markup that was made by <see cref="HtmlBuilder"/> and is written as it stands; every other text is encoded.</summary>
internal readonly record struct Markup(string Text)
{
    /// <summary>Markup from a template whose holes are encoded.</summary>
    public static Markup Of(Action<HtmlBuilder> write)
    {
        var html = new HtmlBuilder();
        write(html);
        return new(html.ToString());
    }
}
