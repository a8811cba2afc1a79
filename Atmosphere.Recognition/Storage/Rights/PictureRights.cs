using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Storage.Media;

namespace Atmosphere.Recognition.Storage;

/// <summary>
/// The one place that decides whether a participant may see a stored file now. It is decided by the subjects of the file, and no unless a
/// rule of its kind says yes. Asked before a file is sent and at every request for it.
/// </summary>
public static class PictureRights
{
    // The viewer, unless they are being erased. What was shown to them before they opted out is closed; what they asked for later is not.
    private const string Viewer = "FROM participants v WHERE v.id = @viewer AND v.forgetting_at IS NULL AND (v.stopped_at IS NULL OR v.stopped_at < @shownAt)";

    // An active group in which the viewer is a member or the teacher.
    private const string TheirGroup =
        $"""
        FROM groups gr WHERE gr.{Rules.GroupIsActive} AND (
            EXISTS (SELECT 1 FROM group_participants m WHERE m.group_id = gr.id AND m.participant_id = @viewer)
            OR EXISTS (SELECT 1 FROM participants t WHERE t.id = gr.teacher_id AND t.id = @viewer AND t.teacher_since IS NOT NULL))
        """;

    // A person whose guardian the viewer is, with consent.
    private const string TheirPerson =
        $"""
        FROM persons p JOIN guardians g ON g.person_id = p.id AND g.participant_id = @viewer
        JOIN consents c ON c.person_id = p.id AND c.participant_id = @viewer AND c.{Rules.ConsentStands}
        WHERE p.{Rules.PersonIsLiving}
        """;

    // Who sent a held face, and says that it is the person's, still consents.
    private const string SenderConsents =
        $"(h.from_id IS NULL OR EXISTS (SELECT 1 FROM consents s WHERE s.person_id = h.person_id AND s.participant_id = h.from_id AND s.{Rules.ConsentStands}))";

    // A request that the viewer is to answer about a person who is registered with a guardian's consent.
    private const string AskedOfThem =
        $"""
        FROM requests r JOIN persons p ON p.id = r.person_id AND p.{Rules.PersonIsLiving}
        WHERE r.to_id = @viewer AND r.state = 'open' AND EXISTS (SELECT 1 FROM consents c WHERE c.person_id = p.id AND c.{Rules.ConsentStands})
            AND NOT EXISTS (SELECT 1 FROM held_faces h WHERE h.id = r.face_id AND NOT {SenderConsents})
        """;

    // A photo that was sent to the viewer, or is about to be, and shows a child of theirs.
    private const string TheirPhoto =
        $"""
        FROM media_distributions d WHERE d.participant_id = @viewer AND d.state <> 'withheld' AND EXISTS (
            SELECT 1 {DistributionTable.ChildrenOfAllGuardians} AND f.photo_id = d.photo_id AND g.participant_id = @viewer)
        """;

    /// <param name="media">The file.</param>
    /// <param name="viewer">The participant who wants to see it.</param>
    /// <param name="shownAt">When the message that shows it was written; milliseconds since 1970-01-01 UTC.</param>
    public static async Task<bool> MayBeSeenAsync(Session session, MediaKey media, ParticipantId viewer, long shownAt)
    {
        if (await MediaSubjectTable.FindAsync(session, media) is not { } subjects || (subjects.MadeFor is { } madeFor && madeFor != viewer))
            return false;
        if (!await AnyAsync(session, Viewer, new { viewer, shownAt }))
            return false;
        foreach (var group in subjects.Groups)
        {
            if (!await AnyAsync(session, $"{TheirGroup} AND gr.id = @group", new { viewer, group }))
                return false;
        }

        var asked = new Asked(session, media, subjects, viewer);
        return subjects.Kind switch
        {
            MediaKind.Delivery => await asked.IsSentAsync(),
            MediaKind.Why or MediaKind.WhichChild => await asked.IsTheirPhotoAsync() && await asked.ShowsTheirChildrenAsync(),
            MediaKind.ChatUpload or MediaKind.RegistrationPicture => await asked.IsMemberAsync() && await asked.ArePersonsTheirsAsync(),
            MediaKind.LearnedFace => await asked.ArePersonsTheirsAsync() || await asked.IsConfirmingAsync(),
            MediaKind.HeldPair => await asked.IsComparingAsync(),
            MediaKind.QuestionPicture => await asked.IsAnsweringAsync(),
            MediaKind.Export or MediaKind.ExportedFace => await asked.ArePersonsTheirsAsync(),
            // Group photos, their faces and held faces are copied for those who may see them; nobody gets the file itself.
            _ => false,
        };
    }

    /// <summary>Whether an operator may see the file now: it shows a held face that waits for a decision, and nobody who is being erased.</summary>
    public static async Task<bool> MayBeDecidedAsync(Session session, MediaKey media) =>
        await MediaSubjectTable.FindAsync(session, media) is { Kind: MediaKind.HeldPair } subjects
        && await AnyAsync(session, $"FROM held_faces h WHERE h.picture = @media AND h.state = 'waiting' AND {SenderConsents}", new { media = media.Value })
        && await AreLivingAsync(session, subjects.Persons);

    /// <summary>
    /// Whether colleagues may be shown the face now: its photo is still kept by an active group, and it is not the face of somebody who is
    /// being erased.
    /// </summary>
    internal static Task<bool> MayBeShownToColleaguesAsync(Session session, FaceId face) =>
        AnyAsync(
            session,
            $"""
            FROM bounding_boxes b JOIN photos ph ON ph.id = b.photo_id AND ph.state <> 'erased' JOIN groups gr ON gr.id = ph.group_id AND gr.{Rules.GroupIsActive}
            WHERE b.face_id = @face AND NOT EXISTS (SELECT 1 FROM erasure_photo_faces e WHERE e.face_id = b.face_id)
                AND NOT EXISTS (SELECT 1 FROM faces f JOIN persons p ON p.id = f.person_id WHERE f.id = b.face_id AND NOT p.{Rules.PersonIsLiving})
            """,
            new { face });

    /// <summary>
    /// Pictures of a photo that were made to be sent and that none of their recipients may see any more, even after opting in again. A
    /// picture whose deliveries are not stored yet is not among them.
    /// </summary>
    internal static Task<IReadOnlyList<MediaKey>> UnseenAsync(Session session, PhotoId photo) =>
        session.QueryAsync<MediaKey>(
            $"""
            SELECT DISTINCT s.media FROM media_subjects s WHERE s.photo_id = @photo AND s.kind = 'delivery'
                AND EXISTS (SELECT 1 FROM media_distributions d WHERE d.media = s.media) AND NOT EXISTS (
                SELECT 1 FROM media_distributions d WHERE d.media = s.media AND EXISTS (
                    SELECT 1 {DistributionTable.ChildrenOfAllGuardians} AND f.photo_id = d.photo_id AND g.participant_id = d.participant_id))
            """,
            new { photo });

    private static async Task<bool> AreLivingAsync(Session session, IEnumerable<PersonId> persons)
    {
        foreach (var person in persons)
        {
            if (!await AnyAsync(session, $"FROM persons p WHERE p.id = @person AND p.{Rules.PersonIsLiving}", new { person }))
                return false;
        }

        return true;
    }

    private static async Task<bool> AnyAsync(Session session, string rows, object arguments) =>
        await session.QuerySingleOrDefaultAsync<long>($"SELECT COUNT(*) {rows}", arguments) > 0;

    private sealed record Asked(Session Session, MediaKey Media, Subjects Subjects, ParticipantId Viewer)
    {
        public Task<bool> IsSentAsync() => AnyAsync(Session, $"{TheirPhoto} AND d.media = @media", new { viewer = Viewer, media = Media.Value });

        public Task<bool> IsTheirPhotoAsync() => AllAsync(Subjects.Photos, photo => AnyAsync(Session, $"{TheirPhoto} AND d.photo_id = @photo", new { viewer = Viewer, photo }));

        /// <summary>Every face in a box still has the name of a child of the viewer's.</summary>
        public async Task<bool> ShowsTheirChildrenAsync() =>
            await AllAsync(Subjects.Faces, face => AnyAsync(Session, $"{DistributionTable.ChildrenOfAllGuardians} AND f.id = @face AND g.participant_id = @viewer", new { viewer = Viewer, face }))
            && await ArePersonsTheirsAsync();

        public Task<bool> IsMemberAsync() => AnyAsync(Session, TheirGroup, new { viewer = Viewer });

        public Task<bool> ArePersonsTheirsAsync() => AllAsync(Subjects.Persons, person => AnyAsync(Session, $"{TheirPerson} AND p.id = @person", new { viewer = Viewer, person }));

        /// <summary>The viewer is asked to confirm the person.</summary>
        public async Task<bool> IsConfirmingAsync() =>
            Subjects.Persons.Count > 0 && await AllAsync(
                Subjects.Persons, person => AnyAsync(Session, $"{AskedOfThem} AND r.kind = 'confirmation' AND p.id = @person", new { viewer = Viewer, person }));

        /// <summary>The viewer is asked whether the held face is the person's.</summary>
        public async Task<bool> IsComparingAsync() =>
            Subjects.Faces.Count > 0 && await AreLivingAsync(Session, Subjects.Persons) && await AllAsync(
                Subjects.Faces, face => AnyAsync(Session, $"{AskedOfThem} AND r.face_id = @face", new { viewer = Viewer, face }));

        /// <summary>The face still exists, and the viewer teaches its group or visits the playground's.</summary>
        public async Task<bool> IsAnsweringAsync() =>
            await AllAsync(Subjects.Faces, face => AnyAsync(Session, "FROM faces WHERE id = @face", new { face }))
            && await AllAsync(Subjects.Groups, async group =>
                await Memberships.MayConfirmAsync(Session, group, Viewer) || await AnyAsync(Session, "FROM groups WHERE id = @group AND visitors = 1", new { group }));

        private static async Task<bool> AllAsync<T>(IEnumerable<T> subjects, Func<T, Task<bool>> rule)
        {
            foreach (var subject in subjects)
            {
                if (!await rule(subject))
                    return false;
            }

            return true;
        }
    }
}
