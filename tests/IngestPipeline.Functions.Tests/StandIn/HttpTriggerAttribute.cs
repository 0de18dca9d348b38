namespace Microsoft.Azure.Functions.Worker;

[AttributeUsage(AttributeTargets.Parameter)]
public sealed class HttpTriggerAttribute(AuthorizationLevel authLevel, params string[] methods) : Attribute
{
    public string? Route { get; set; }

    public IReadOnlyList<string> Methods { get; } = methods;

    public AuthorizationLevel AuthLevel { get; } = authLevel;
}
