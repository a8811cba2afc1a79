namespace Atmosphere.Recognition.Storage;

/// <summary>Updates the schema before any other service starts.</summary>
internal sealed class TablesAtStart(Database database, Schema schema, TimeProvider clock) : LifecycleService
{
    public override Task StartingAsync(CancellationToken cancellationToken) => schema.ApplyAsync(database, clock, cancellationToken);
}
