namespace IngestPipeline.Scoreboard;

/// <summary>The scoreboard could not be made; the message says why in one line.</summary>
internal sealed class ScoreboardException(string message, Exception? inner = null) : Exception(message, inner);
