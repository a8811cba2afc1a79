using Atmosphere.Recognition.Faces;
using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Naming;

namespace Atmosphere.Recognition.Flows.Tagging.Learning;

/// <summary>Matches one photo again that was being processed while a person gained or lost faces.</summary>
internal sealed class MatchPhotoAgain(RematchPhotos rematch, DoubtfulNames names) : IStep<PhotoOvertaken>
{
    public async Task<Effects> HandleAsync(PhotoOvertaken message, CancellationToken cancellation)
    {
        try
        {
            await names.CheckAsync(message.Group, message.Photo, null, DateTimeOffset.UnixEpoch, cancellation);
            await rematch.RematchAsync(message.Group, [message.Photo], cancellation);
        }
        catch (CollectionNotFoundException)
        {
            // The group is ending.
        }

        return Effects.None;
    }
}
