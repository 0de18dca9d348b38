using System.Globalization;
using IngestPipeline.Reports.Html;

namespace IngestPipeline.Reports.Charts;

/// <summary>Small parts of inline SVG. Colours are classes, so that both themes have their own; labels stand in HTML, so that they never shrink.</summary>
internal static class Svg
{
    /// <summary>A length with at most one decimal.</summary>
    public static Markup Length(double value) => new(Math.Round(value, 1).ToString("0.#", CultureInfo.InvariantCulture));

    /// <summary>A share as a bar of its own, hidden from screen readers: the figure stands beside it.</summary>
    public static Markup Share(double share, string classes) => Markup.Of(html =>
        html.Add(
            $"""<svg class="bar {classes}" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true" focusable="false"><rect class="track" width="100" height="8"/><rect class="fill" width="{Length(Math.Clamp(double.IsNaN(share) ? 0 : share, 0, 1) * 100)}" height="8"/></svg>"""));
}
