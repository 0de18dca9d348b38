using IngestPipeline.Simulation;

// Started by SeedWorkers; the tests are run by "dotnet test".
await SeedWorkers.ServeAsync(Console.In, Console.Out);
