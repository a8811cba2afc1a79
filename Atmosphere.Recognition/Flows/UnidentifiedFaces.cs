using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Faces;
using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Recognition.Flows;

/// <summary>Faces that nobody can be named from: colleagues are asked, where there is something to be seen.</summary>
internal static class UnidentifiedFaces
{
    /// <summary>Asks about a face that was just decided as nobody's or uncertain. Nothing is asked about a photo that is degraded or gone, or a face of bad quality.</summary>
    public static async Task AskAsync(Session session, IOutbox outbox, PhotoId photo, FaceId face)
    {
        var group = await session.QuerySingleOrDefaultAsync<string>(
            """
            SELECT p.group_id FROM photos p JOIN groups g ON g.id = p.group_id AND g.ended_at IS NULL
            JOIN faces f ON f.photo_id = p.id AND f.id = @face AND f.verdict IN ('nobody', 'uncertain')
            WHERE p.id = @photo AND p.state = 'processed' AND p.expired_at IS NULL
            """,
            new { photo, face });
        if (group is null)
            return;

        var found = (await FoundFaces.OfAsync(session, photo)).FirstOrDefault(one => one.Id == face);
        if (found?.Description is { } description && QualityRules.Judge(description).Verdict != FaceVerdict.Reject)
            await outbox.SendAsync(session, new FaceNotIdentified(photo, face, new GroupId(group)));
    }
}
