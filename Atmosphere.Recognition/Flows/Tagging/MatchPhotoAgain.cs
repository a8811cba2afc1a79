using Atmosphere.Recognition.Faces;
using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging;

namespace Atmosphere.Recognition.Flows.Tagging;

/// <summary>Looks again at one photo that was on its way while somebody was taught, or untaught.</summary>
internal sealed class MatchPhotoAgain(SecondLook look, NamesInDoubt names) : IStep<PhotoOvertaken>
{
    public async Task<Effects> HandleAsync(PhotoOvertaken message, CancellationToken cancellation)
    {
        try
        {
            await names.LookAsync(message.Group, message.Photo, null, DateTimeOffset.UnixEpoch, cancellation);
            await look.LookAsync(message.Group, [message.Photo], cancellation);
        }
        catch (CollectionNotFoundException)
        {
            // The group ends just now.
        }

        return Effects.None;
    }
}
