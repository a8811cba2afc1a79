using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Faces.Clustering;
using Atmosphere.Recognition.Outbound;
using Atmosphere.Recognition.Storage;
using Atmosphere.Recognition.Storage.Media;

namespace Atmosphere.Recognition.Flows.Persons.Erasure;

/// <summary>Deletes the photos of a group with all data derived from them, one at a time.</summary>
internal sealed class GroupPhotosErased(Database database, IMediaStore media, IColleagues colleagues, LeavingClusters clusters, TimeProvider clock)
{
    public async Task DeleteAsync(ErasureId erasure, GroupId group, CancellationToken cancellation)
    {
        foreach (var photo in await database.ReadAsync(session => PhotoTable.OfGroupAsync(session, group), cancellation))
        {
            var (files, posts) = await database.ReadAsync(
                async session => (
                    (await PhotoTable.FilesAsync(session, photo)).Union(await MediaSubjectTable.OfAsync(session, photo)).ToList(),
                    await ColleaguePictures.OfPhotoAsync(session, photo)),
                cancellation);
            if (posts.Count > 0 && !colleagues.Listening)
                throw new InvalidOperationException($"{posts.Count} pictures of one photo are still shown to colleagues, and no channel to them is set up any more. Set it up again, such as Atmosphere:Channels:Slack.");
            foreach (var post in posts)
                await colleagues.WithdrawAsync(post, cancellation);
            if (colleagues.Listening)
            {
                foreach (var (post, view) in await database.ReadAsync(session => ErasedQuestions.PostsOfPhotoAsync(session, photo), cancellation))
                    await colleagues.UpdateAsync(post, view, cancellation);
            }

            foreach (var file in files)
                await media.DeleteAsync(file, cancellation);
            await database.WriteAsync(session => DeleteAsync(session, erasure, photo, files.Count), cancellation);
        }
    }

    private async Task DeleteAsync(Session session, ErasureId erasure, PhotoId photo, int files)
    {
        var faces = await FaceTable.OfPhotoAsync(session, photo);
        await clusters.LeaveAsync(session, faces, clock.GetUtcNow());
        var rows = await DependentRows.GoAsync(session, Subject.Face, Fate.Erased, [.. faces.Select(face => face.Value)])
            + await DependentRows.GoAsync(session, Subject.Photo, Fate.Erased, photo.Value);
        await PhotoTable.DeleteAsync(session, photo);
        await ErasureTable.CountAsync(session, erasure, rows + 1, files, faces.Count);
    }
}
