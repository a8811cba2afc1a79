using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Recognition.Flows.Gateway;

/// <summary>Keeps one flat row a photo, by the day on which it came in where it was taken.</summary>
internal sealed class StoreTable(Database database) : IStep<FaceFound>
{
    public async Task<Effects> HandleAsync(FaceFound message, CancellationToken cancellation)
    {
        // Its other faces come by, too.
        var photo = await database.ReadAsync(session => ImageTable.ReadAsync(session, message.Photo), cancellation);
        return photo is null ? Effects.None : new Effects().Change(session => ImageTable.PutAsync(session, photo));
    }
}
