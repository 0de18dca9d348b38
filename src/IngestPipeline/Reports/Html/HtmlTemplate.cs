using System.Runtime.CompilerServices;

namespace IngestPipeline.Reports.Html;

/// <summary>The interpolated strings that <see cref="HtmlBuilder"/> takes: the compiler hands literals and holes over one by one.</summary>
[InterpolatedStringHandler]
internal readonly ref struct HtmlTemplate
{
    private readonly HtmlBuilder _html;

    public HtmlTemplate(int literalLength, int formattedCount, HtmlBuilder html) => _html = html;

    public void AppendLiteral(string literal) => _html.Raw(literal);

    public void AppendFormatted(string? text) => _html.Encode(text);

    public void AppendFormatted(int number) => _html.Number(number);

    public void AppendFormatted(long number) => _html.Number(number);

    public void AppendFormatted(Markup markup) => _html.Raw(markup.Text);
}
