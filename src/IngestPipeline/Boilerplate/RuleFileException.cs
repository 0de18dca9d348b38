namespace IngestPipeline.Boilerplate;

/// <summary>A rules file that cannot be used; the message is one line that names the file, the rule and what to write.</summary>
internal sealed class RuleFileException(string message) : Exception(message);
