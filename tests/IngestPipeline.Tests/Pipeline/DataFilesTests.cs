using IngestPipeline.Pipeline;

namespace IngestPipeline.Tests.Pipeline;

public sealed class DataFilesTests
{
    [Fact]
    public void A_version_is_made_of_rules_models_and_tables_and_not_of_what_the_report_looks_like()
    {
        var names = DataFiles.Names().ToList();

        Assert.Contains(names, n => n.EndsWith(".rules.json", StringComparison.Ordinal));
        Assert.Contains(names, n => n.EndsWith(".model.bin", StringComparison.Ordinal));
        Assert.Contains(names, n => n.EndsWith(".table.txt", StringComparison.Ordinal));
        Assert.DoesNotContain(names, n => n.EndsWith(".css", StringComparison.Ordinal) || n.EndsWith(".js", StringComparison.Ordinal));
    }
}
