using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Faces.Clustering;
using Atmosphere.Recognition.Notices;
using Atmosphere.Recognition.Storage;
using Atmosphere.Recognition.Storage.Media;

namespace Atmosphere.Recognition.Flows.Persons.Erasure;

/// <summary>Deletes the photos of a group with all that was learned from them, one at a time.</summary>
internal sealed class GroupPhotosErased(Database database, IMediaStore media, IColleagues colleagues, LeavingClusters clusters, TimeProvider clock)
{
    private static readonly string[] _alsoOfAPhoto = ["notifications", "colleague_pictures", "questions", "erasure_photo_faces"];

    public async Task DeleteAsync(ErasureId erasure, GroupId group, CancellationToken cancellation)
    {
        var all = await database.ReadAsync(
            session => session.QueryAsync<PhotoId>("SELECT id FROM photos WHERE group_id = @group", new { group }), cancellation);
        foreach (var photo in all)
        {
            var (files, posts) = await database.ReadAsync(async session => (await FilesAsync(session, photo), await PostsAsync(session, photo)), cancellation);
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

    private static Task<IReadOnlyList<string>> PostsAsync(Session session, PhotoId photo) =>
        session.QueryAsync<string>("SELECT file_id FROM colleague_pictures WHERE photo_id = @photo", new { photo });

    private static Task<IReadOnlyList<MediaKey>> FilesAsync(Session session, PhotoId photo) => session.QueryAsync<MediaKey>(
        """
        SELECT media FROM photos WHERE id = @photo AND media IS NOT NULL
        UNION SELECT media FROM media_distributions WHERE photo_id = @photo AND media IS NOT NULL
        UNION SELECT rectangle FROM faces WHERE photo_id = @photo AND rectangle IS NOT NULL
        UNION SELECT zoom_in FROM faces WHERE photo_id = @photo AND zoom_in IS NOT NULL
        """,
        new { photo });

    private async Task DeleteAsync(Session session, ErasureId erasure, PhotoId photo, int files)
    {
        var faces = await session.QueryAsync<FaceId>(
            "SELECT id FROM faces WHERE photo_id = @photo UNION SELECT face_id FROM bounding_boxes WHERE photo_id = @photo", new { photo });
        var ids = faces.Select(face => face.Value).ToList();
        await clusters.LeaveAsync(session, faces, clock.GetUtcNow());
        var rows = await session.ExecuteAsync("DELETE FROM face_tags WHERE face_id IN @ids", new { ids });
        rows += await session.ExecuteAsync("DELETE FROM trained_faces WHERE face_id IN @ids", new { ids });
        rows += await session.ExecuteAsync("DELETE FROM question_faces WHERE face_id IN @ids", new { ids });
        foreach (var table in _alsoOfAPhoto)
            rows += await session.ExecuteAsync($"DELETE FROM {table} WHERE photo_id = @photo", new { photo });
        rows += await session.ExecuteAsync("DELETE FROM image_table WHERE row = @photo", new { photo });
        await PhotoTable.DeleteAsync(session, photo);
        await ErasureTable.CountAsync(session, erasure, rows + 1, files, ids.Count);
    }
}
