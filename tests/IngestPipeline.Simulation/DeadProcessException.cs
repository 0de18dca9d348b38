namespace IngestPipeline.Simulation;

/// <summary>The simulated process has died: nothing that it still does has an effect.</summary>
internal sealed class DeadProcessException : Exception;
