using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Photos;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Recognition.Flows.Gateway;

/// <summary>Crops the face with its surroundings.</summary>
internal sealed class StoreZoomIn(FacePictures pictures) : IStep<FaceStored>
{
    public Task<Effects> HandleAsync(FaceStored message, CancellationToken cancellation) =>
        pictures.StoreAsync(message.Photo, message.Face, FacePicture.ZoomIn, cancellation);
}
