using Atmosphere.Recognition.Storage;

namespace Atmosphere.Recognition.Flows.Persons.Erasure;

/// <summary>Looks through every store for the ids of what was erased, table by table.</summary>
internal sealed class ErasureSearch(IEnumerable<IPersonalPlaces> places)
{
    /// <summary>Table and column; each is answered from an index, or from a table that is small.</summary>
    private static readonly string[] _columns =
    [
        "persons.id", "guardians.person_id", "consents.person_id", "enrolment_photos.person_id", "faces.person_id", "candidates.person_id",
        "face_tags.person_id", "requests.person_id", "requests.pending_id", "look_alikes.person_id", "look_alikes.other_id", "codes.person_id", "invitations.person_id", "collection_users.user_id", "collection_faces.user_id",
        "collection_faces.face_id", "faces.id", "bounding_boxes.face_id", "embeddings.face_id", "searches.face_id", "candidates.face_id",
        "cluster_faces.face_id", "face_tags.face_id", "question_faces.face_id", "colleague_pictures.face_id", "questions.face_id", "questions.person_id", "questions.about_id",
        "trained_faces.face_id", "trained_faces.person_id", "erasure_faces.face_id", "erasure_photo_faces.face_id",
        "participants.id", "guardians.participant_id", "consents.participant_id", "group_participants.participant_id",
        "media_distributions.participant_id", "requests.from_id", "requests.to_id", "photos.uploader_id", "codes.participant_id", "codes.used_by",
        "groups.teacher_id", "persons.confirmed_by",
        "groups.id", "invitations.group_id", "persons.group_id", "questions.group_id", "photos.group_id", "group_participants.group_id", "group_members.group_id", "clients.group_id",
        "clusters.group_id", "cluster_faces.group_id", "cluster_changes.group_id", "cluster_versions.group_id", "image_table.group_id",
        "inbox.group_id", "collections.id", "group_departures.group_id", "group_files.group_id", "group_files.uploader_id", "group_paces.group_id", "group_aliases.group_id",
    ];

    /// <summary>The tables that are searched by a column, for a test that no table is missed.</summary>
    internal static IEnumerable<string> Tables => _columns.Select(column => column.Split('.')[0]).Distinct();

    /// <param name="kind">person, participant or group: where each is looked for.</param>
    /// <param name="ids">Of the person, participant or group, and of faces.</param>
    /// <exception cref="TracesLeftException">Something is found.</exception>
    public async Task RequireNothingAsync(Session session, string kind, IReadOnlyCollection<string> ids)
    {
        var left = new Dictionary<string, int>();
        foreach (var column in _columns.Where(column => Concerns(kind, column)))
        {
            var (table, name) = (column.Split('.')[0], column.Split('.')[1]);
            Count(column, await session.QuerySingleOrDefaultAsync<int>($"SELECT COUNT(*) FROM {table} WHERE {name} IN @ids", new { ids }));
        }

        foreach (var mention in (await MessagesAbout.FindAsync(session, ids, 0)).GroupBy(mention => mention.Table))
            Count(mention.Key, mention.Count());
        foreach (var place in places)
            Count("chats", await place.SearchAsync(session, ids));
        if (left.Count > 0)
            throw new TracesLeftException(left.Values.Sum(), string.Join(", ", left.Keys.Order(StringComparer.Ordinal)));

        void Count(string where, int found)
        {
            if (found > 0)
                left[where] = left.GetValueOrDefault(where) + found;
        }
    }

    private static bool Concerns(string kind, string column) => kind switch
    {
        "group" => column.EndsWith("group_id", StringComparison.Ordinal) || column is "groups.id" or "collections.id",
        "participant" => column is "participants.id" or "groups.teacher_id" or "persons.confirmed_by" or "codes.used_by" or "photos.uploader_id" or "group_files.uploader_id"
            || column.EndsWith("participant_id", StringComparison.Ordinal) || column is "requests.from_id" or "requests.to_id",
        _ => column == "persons.id" || column.Split('.')[1] is "person_id" or "pending_id" or "about_id" or "other_id" or "user_id" or "face_id" || column == "faces.id",
    };
}
