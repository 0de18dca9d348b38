namespace IngestPipeline.Browser.Tests;

/// <summary>A fact that needs Chromium: skipped with the reason where it is missing, unless the environment says <c>CI=true</c>.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class BrowserFactAttribute : FactAttribute
{
    public BrowserFactAttribute() => Skip = Chromium.WhySkipped;
}
