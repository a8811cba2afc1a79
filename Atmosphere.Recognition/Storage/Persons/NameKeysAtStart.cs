namespace Atmosphere.Recognition.Storage;

/// <summary>Computes missing name keys before any text is stored.</summary>
internal sealed class NameKeysAtStart(Database database) : LifecycleService
{
    public override Task StartingAsync(CancellationToken cancellationToken) => database.WriteAsync(NameKeys.FillAsync, cancellationToken);
}
