using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Recognition.Flows.Gateway;

/// <summary>Stores one flat row per photo, partitioned by the local date of receipt.</summary>
internal sealed class StoreTable(Database database) : IStep<FaceFound>
{
    public async Task<Effects> HandleAsync(FaceFound message, CancellationToken cancellation)
    {
        // This step also runs for the photo's other faces.
        var photo = await database.ReadAsync(session => ImageTable.ReadAsync(session, message.Photo), cancellation);
        return photo is null ? Effects.None : new Effects().Change(session => ImageTable.PutAsync(session, photo));
    }
}
