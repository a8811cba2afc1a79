using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Photos;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Recognition.Flows.Gateway;

/// <summary>Crops the face along its box.</summary>
internal sealed class StoreRectangles(FacePictures pictures) : IStep<FaceStored>
{
    public Task<Effects> HandleAsync(FaceStored message, CancellationToken cancellation) =>
        pictures.StoreAsync(message.Photo, message.Face, FacePicture.Rectangle, cancellation);
}
