using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Storage;
using Atmosphere.Recognition.Storage.Media;

namespace Atmosphere.Recognition.Flows.Persons;

/// <summary>Exports from the database.</summary>
internal sealed class Exports(TimeProvider clock) : IExports
{
    private static readonly TimeSpan _rest = TimeSpan.FromDays(1);

    public async Task<ParticipantExport?> FindAsync(Session session, ParticipantId participant)
    {
        var known = new { participant, before = (clock.GetUtcNow() - _rest).ToUnixTimeMilliseconds() };
        var you = await session.QuerySingleOrDefaultAsync<You>(
            """
            SELECT channel, address, language, created_at, heard_at, stopped_at, paused_at, album, teacher_since FROM participants
            WHERE id = @participant AND (exported_at IS NULL OR exported_at <= @before)
            """,
            known);
        if (you is null)
            return null;

        var groups = await session.QueryAsync<string>(
            "SELECT g.name FROM group_participants p JOIN groups g ON g.id = p.group_id WHERE p.participant_id = @participant ORDER BY g.name", known);
        // What is known of them is theirs even after they opted out; a picture only as long as they may have it.
        var photos = await session.QueryAsync<Photo>(
            $"""
            SELECT d.sent_at, g.name, CASE WHEN EXISTS (
                    SELECT 1 {DistributionTable.ChildrenOfAllGuardians} AND f.photo_id = d.photo_id AND g.participant_id = d.participant_id) THEN d.media END AS media
            FROM media_distributions d JOIN photos p ON p.id = d.photo_id JOIN groups g ON g.id = p.group_id
            WHERE d.participant_id = @participant AND d.media IS NOT NULL AND d.sent_at IS NOT NULL ORDER BY d.sent_at DESC, d.id
            """,
            known);
        return new ParticipantExport(
            you.ToExport(), groups, await ChildrenAsync(session, participant), [.. photos.Select(photo => new ExportedPhoto(At(photo.SentAt), photo.Name, photo.Media))]);
    }

    public Task DoneAsync(Session session, ParticipantId participant) => session.ExecuteAsync(
        "UPDATE participants SET exported_at = @now WHERE id = @participant", new { participant, now = clock.GetUtcNow().ToUnixTimeMilliseconds() });

    private static async Task<IReadOnlyList<ExportedChild>> ChildrenAsync(Session session, ParticipantId participant)
    {
        var children = new List<ExportedChild>();
        foreach (var child in await session.QueryAsync<Child>(
            """
            SELECT p.id, p.name, p.state, p.portrait, p.created_at, g.role, c.name AS group_name,
                (SELECT COUNT(*) FROM collection_faces f WHERE f.collection_id = p.group_id AND f.user_id = p.id) AS learned
            FROM persons p JOIN guardians g ON g.person_id = p.id JOIN groups c ON c.id = p.group_id
            WHERE g.participant_id = @participant AND p.state <> 'erasing' ORDER BY p.created_at, p.id
            """,
            new { participant }))
        {
            var others = await session.QueryAsync<string>(
                "SELECT role FROM guardians WHERE person_id = @Id AND participant_id <> @participant ORDER BY since", new { child.Id, participant });
            var consents = await session.QueryAsync<Consent>(
                "SELECT version, text, purpose, given_at, withdrawn_at FROM consents WHERE person_id = @Id AND participant_id = @participant ORDER BY given_at",
                new { child.Id, participant });
            children.Add(new ExportedChild(
                child.Name, child.GroupName, child.State, At(child.CreatedAt), child.Role, others,
                [.. consents.Select(consent => new ExportedConsent(consent.Version, consent.Text, consent.Purpose, At(consent.GivenAt), MaybeAt(consent.WithdrawnAt)))],
                child.Learned, child.Portrait));
        }

        return children;
    }

    private static DateTimeOffset At(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);

    private static DateTimeOffset? MaybeAt(long? milliseconds) => milliseconds is { } known ? At(known) : null;

    private sealed record You
    {
        public string Channel { get; init; } = "";

        public string Address { get; init; } = "";

        public string Language { get; init; } = "";

        public long CreatedAt { get; init; }

        public long? HeardAt { get; init; }

        public long? StoppedAt { get; init; }

        public long? PausedAt { get; init; }

        public string Album { get; init; } = "";

        public long? TeacherSince { get; init; }

        public ExportedParticipant ToExport() => new(
            Channel, Address, Language, At(CreatedAt), MaybeAt(HeardAt), StoppedAt is not null, PausedAt is not null, Album, TeacherSince is not null);
    }

    private sealed record Child
    {
        public PersonId Id { get; init; }

        public string Name { get; init; } = "";

        public string State { get; init; } = "";

        public MediaKey? Portrait { get; init; }

        public long CreatedAt { get; init; }

        public string Role { get; init; } = "";

        public string GroupName { get; init; } = "";

        public int Learned { get; init; }
    }

    private sealed record Consent
    {
        public string Version { get; init; } = "";

        public string Text { get; init; } = "";

        public string Purpose { get; init; } = "";

        public long GivenAt { get; init; }

        public long? WithdrawnAt { get; init; }
    }

    private sealed record Photo
    {
        public long SentAt { get; init; }

        public MediaKey? Media { get; init; }

        public string Name { get; init; } = "";
    }
}
