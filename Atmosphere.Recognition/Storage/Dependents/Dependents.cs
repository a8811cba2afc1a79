namespace Atmosphere.Recognition.Storage;

/// <summary>
/// All columns that refer to persons, participants, groups, photos and faces. Erasure, its verification, retention and reprocessing use
/// this table; a new column must be added here. Rows are deleted in this order, so that referring rows go first.
/// </summary>
internal static class Dependents
{
    private const Fate Gone = Fate.Deleted | Fate.Erased;

    private const string WithTheFile = "the media store: the rows go after their file, and never without it";

    private const string ChildName = "(SELECT p.name FROM persons p WHERE p.id = person_id) AS child";
    private const string GroupName = "(SELECT g.name FROM groups g WHERE g.id = group_id) AS group_name";

    public static IReadOnlyList<Dependent> All { get; } =
    [
        new(Subject.Person, "candidates", "person_id", Gone),
        new(Subject.Person, "face_tags", "person_id", Gone),
        new(Subject.Person, "trained_faces", "person_id", Gone),
        new(Subject.Person, "requests", "person_id", Gone),
        new(Subject.Person, "requests", "pending_id", Fate.Erased),
        new(Subject.Person, "codes", "person_id", Fate.Erased),
        new(Subject.Person, "invitations", "person_id", Fate.Erased),
        new(Subject.Person, "enrolment_photos", "person_id", Gone),
        new(Subject.Person, "held_faces", "person_id", Gone),
        new(Subject.Person, "held_faces", "like_id", Gone),
        new(Subject.Person, "consents", "person_id", Gone),
        new(Subject.Person, "consent_entries", "person_id", Gone),
        new(Subject.Person, "report_pictures", "person_id", Gone),
        new(Subject.Person, "guardians", "person_id", Gone)
        {
            // Of other guardians only their permissions.
            Shown = new("guardians", $"{ChildName}, role, since AS since_at, CASE WHEN participant_id = @participant THEN 1 ELSE 0 END AS is_you"),
        },
        new(Subject.Person, "look_alikes", "person_id", Gone),
        new(Subject.Person, "look_alikes", "other_id", Gone),
        new(Subject.Person, "report_sightings", "person_id", Gone),
        new(Subject.Person, "faces", "person_id", Fate.None) { By = "FaceTable.ForgetAsync: what resembled the person is nobody's" },
        new(Subject.Person, "questions", "person_id", Fate.None) { By = "QuestionTable.ForgetAsync" },
        new(Subject.Person, "questions", "about_id", Fate.None) { By = "QuestionTable.ForgetAsync" },
        new(Subject.Person, "collection_users", "user_id", Fate.None) { By = "DeleteUser" },
        new(Subject.Person, "collection_faces", "user_id", Fate.None)
        {
            By = "DeleteUser",
            Shown = new("learnedFaces", "(SELECT p.name FROM persons p WHERE p.id = user_id) AS child, position"),
        },
        new(Subject.Person, "media_subjects", "person_id", Fate.None) { By = WithTheFile },
        new(Subject.Person, "persons", "id", Gone)
        {
            Shown = new("children", $"name, {GroupName}, state, created_at, confirmed_at, CASE WHEN portrait IS NULL THEN 0 ELSE 1 END AS is_pictured"),
        },

        new(Subject.Face, "candidates", "face_id", Gone),
        new(Subject.Face, "searches", "face_id", Gone),
        new(Subject.Face, "embeddings", "face_id", Gone),
        new(Subject.Face, "next_embeddings", "face_id", Gone),
        new(Subject.Face, "next_learned", "face_id", Gone),
        new(Subject.Face, "bounding_boxes", "face_id", Gone),
        new(Subject.Face, "question_faces", "face_id", Gone),
        new(Subject.Face, "face_tags", "face_id", Fate.Erased),
        new(Subject.Face, "trained_faces", "face_id", Fate.Erased),
        new(Subject.Face, "colleague_pictures", "face_id", Fate.Erased),
        new(Subject.Face, "questions", "face_id", Fate.None) { By = "another face of the cluster is shown" },
        new(Subject.Face, "cluster_faces", "face_id", Fate.None) { By = "LeavingClusters" },
        new(Subject.Face, "collection_faces", "face_id", Fate.None) { By = "DeleteFaces" },
        new(Subject.Face, "requests", "face_id", Fate.None) { By = "the person of a held face, whose id no other table has" },
        new(Subject.Face, "erasure_faces", "face_id", Fate.None) { By = "DeleteFaces" },
        new(Subject.Face, "erasure_photo_faces", "face_id", Fate.None) { By = "ErasureTable.CountAsync" },
        new(Subject.Face, "media_subjects", "face_id", Fate.None) { By = WithTheFile },
        new(Subject.Face, "faces", "id", Gone),

        new(Subject.Photo, "media_distributions", "photo_id", Fate.Deleted | Fate.Expired),
        new(Subject.Photo, "faces", "photo_id", Fate.Deleted | Fate.BegunAgain),
        new(Subject.Photo, "candidates", "photo_id", Fate.Deleted | Fate.BegunAgain | Fate.Late),
        new(Subject.Photo, "searches", "photo_id", Fate.Deleted | Fate.BegunAgain | Fate.Late),
        new(Subject.Photo, "embeddings", "photo_id", Fate.Deleted | Fate.BegunAgain | Fate.Late),
        new(Subject.Photo, "next_embeddings", "photo_id", Fate.Deleted | Fate.BegunAgain | Fate.Late),
        new(Subject.Photo, "bounding_boxes", "photo_id", Fate.Deleted | Fate.BegunAgain | Fate.Late),
        new(Subject.Photo, "exif", "photo_id", Fate.Deleted | Fate.Expired | Fate.BegunAgain | Fate.Late),
        new(Subject.Photo, "photo_steps", "photo_id", Fate.Deleted | Fate.Expired | Fate.BegunAgain | Fate.Late),
        new(Subject.Photo, "sync_points", "photo_id", Fate.Deleted | Fate.Expired | Fate.BegunAgain | Fate.Late),
        new(Subject.Photo, "notifications", "photo_id", Fate.Erased | Fate.BegunAgain),
        new(Subject.Photo, "image_table", "row", Fate.Erased | Fate.BegunAgain),
        new(Subject.Photo, "colleague_pictures", "photo_id", Fate.Erased),
        new(Subject.Photo, "questions", "photo_id", Fate.Erased),
        new(Subject.Photo, "erasure_photo_faces", "photo_id", Fate.Erased),
        new(Subject.Photo, "cluster_faces", "photo_id", Fate.None) { By = "LeavingClusters" },
        new(Subject.Photo, "face_tags", "photo_id", Fate.None) { By = "CarriedTags, while the photo begins again" },
        new(Subject.Photo, "report_photos", "photo_id", Fate.Erased),
        new(Subject.Photo, "report_sightings", "photo_id", Fate.Erased),
        new(Subject.Photo, "report_deliveries", "photo_id", Fate.Erased),
        new(Subject.Photo, "inbox", "photo_id", Fate.None) { By = "its own time to live" },
        new(Subject.Photo, "media_subjects", "photo_id", Fate.None) { By = WithTheFile },
        new(Subject.Photo, "photos", "id", Fate.Deleted),

        new(Subject.Participant, "media_distributions", "participant_id", Fate.Erased)
        {
            Shown = new(
                "photos",
                "(SELECT g.name FROM photos p JOIN groups g ON g.id = p.group_id WHERE p.id = photo_id) AS group_name, state, created_at, sent_at, delivered_at, read_at"),
        },
        new(Subject.Participant, "held_faces", "from_id", Fate.Erased) { Shown = new("facesThatWait", "state, created_at") },
        new(Subject.Participant, "requests", "from_id", Fate.Erased) { Shown = new("requestsByYou", "kind, state, created_at, ended_at") },
        new(Subject.Participant, "requests", "to_id", Fate.Erased) { Shown = new("requestsToYou", "kind, state, created_at, ended_at") },
        new(Subject.Participant, "codes", "participant_id", Fate.Erased) { Shown = new("codesYouMade", "kind, created_at, expires_at, used_at") },
        new(Subject.Participant, "codes", "used_by", Fate.Erased) { Shown = new("codesYouUsed", "kind, created_at, used_at") },
        new(Subject.Participant, "consents", "participant_id", Fate.Erased) { Shown = new("consents", $"{ChildName}, version, text, purpose, said, given_at, withdrawn_at") },
        new(Subject.Participant, "consent_entries", "participant_id", Fate.Erased)
        {
            Shown = new(
                "consentLedger",
                $"""
                {ChildName}, ledger_id AS id, (SELECT l.version FROM consent_ledger l WHERE l.id = ledger_id) AS version,
                (SELECT l.text_hash FROM consent_ledger l WHERE l.id = ledger_id) AS text_hash,
                (SELECT l.said FROM consent_ledger l WHERE l.id = ledger_id) AS said, (SELECT l.given_at FROM consent_ledger l WHERE l.id = ledger_id) AS given_at,
                (SELECT l.withdrawn_at FROM consent_ledger l WHERE l.id = ledger_id) AS withdrawn_at
                """),
        },
        new(Subject.Participant, "report_pictures", "participant_id", Fate.Erased) { Shown = new("picturesInReports", $"{ChildName}, version, text, given_at") },
        new(Subject.Participant, "report_subscribers", "participant_id", Fate.Erased) { Shown = new("reportsByMail", $"{GroupName}, rhythm, state, created_at, confirmed_at") },
        new(Subject.Participant, "sent_pictures", "participant_id", Fate.Erased) { Shown = new("picturesYouGot", $"{GroupName}, sent_at") },
        new(Subject.Participant, "participant_aliases", "participant_id", Fate.Erased) { Shown = new("hiddenIds", "told_at") },
        new(Subject.Participant, "group_participants", "participant_id", Fate.Erased) { Shown = new("groups", $"{GroupName}, joined_at") },
        new(Subject.Participant, "group_files", "uploader_id", Fate.Erased) { IsCleared = true, Shown = new("photosYouPosted", $"{GroupName}, received_at") },
        new(Subject.Participant, "photos", "uploader_id", Fate.Erased) { IsCleared = true, Shown = new("photosYouPosted", $"{GroupName}, received_at") },
        new(Subject.Participant, "groups", "teacher_id", Fate.Erased) { IsCleared = true, Shown = new("groupsYouLinked", "name, linked_at") },
        new(Subject.Participant, "persons", "confirmed_by", Fate.Erased) { IsCleared = true, Shown = new("registrationsYouConfirmed", $"{GroupName}, confirmed_at") },
        new(Subject.Participant, "media_subjects", "participant_id", Fate.None) { By = WithTheFile, Shown = new("picturesForYou", "kind, stored_at") },
        new(Subject.Participant, "guardians", "participant_id", Fate.None) { By = "Erasures.LeaveAllAsync, before" },
        new(Subject.Participant, "participants", "id", Fate.None)
        {
            By = "DeleteParticipantEntry, at last",
            Shown = new(
                "you",
                """
                channel, address, profile_name, language, created_at, heard_at AS last_wrote_at, CASE WHEN stopped_at IS NULL THEN 0 ELSE 1 END AS is_stopped,
                CASE WHEN paused_at IS NULL THEN 0 ELSE 1 END AS is_paused, album, CASE WHEN teacher_since IS NULL THEN 0 ELSE 1 END AS is_teacher
                """),
        },

        new(Subject.Voter, "invitations", "voter", Fate.None) { By = "InvitationTable.ForgetAsync", Shown = new("invitationsByYou", $"{GroupName}, created_at") },
        new(Subject.Voter, "face_tags", "voter", Fate.None) { By = "VoteTable.ForgetAsync", Shown = new("votes", "verdict, at AS voted_at") },
        new(Subject.Voter, "colleagues", "voter", Fate.None) { By = "ColleagueTable.ForgetAsync", Shown = new("youAsColleague", "name, mail, enriched_at") },

        new(Subject.Participant, "colleagues", "participant_id", Fate.Erased) { IsCleared = true, Shown = new("youOnSlack", "name, mail, enriched_at") },

        new(Subject.Group, "inbox", "group_id", Fate.Erased),
        new(Subject.Group, "image_table", "group_id", Fate.Erased),
        new(Subject.Group, "questions", "group_id", Fate.Erased),
        new(Subject.Group, "cluster_faces", "group_id", Fate.Erased),
        new(Subject.Group, "clusters", "group_id", Fate.Erased),
        new(Subject.Group, "cluster_changes", "group_id", Fate.Erased),
        new(Subject.Group, "cluster_versions", "group_id", Fate.Erased),
        new(Subject.Group, "group_members", "group_id", Fate.Erased),
        new(Subject.Group, "group_participants", "group_id", Fate.Erased),
        new(Subject.Group, "clients", "group_id", Fate.Erased),
        new(Subject.Group, "invitations", "group_id", Fate.Erased),
        new(Subject.Group, "group_departures", "group_id", Fate.Erased),
        new(Subject.Group, "group_files", "group_id", Fate.Erased),
        new(Subject.Group, "group_paces", "group_id", Fate.Erased),
        new(Subject.Group, "unverified_groups", "group_id", Fate.Erased),
        new(Subject.Group, "sent_pictures", "group_id", Fate.Erased),
        new(Subject.Group, "group_aliases", "group_id", Fate.Erased),
        new(Subject.Group, "mails", "group_id", Fate.Erased),
        new(Subject.Group, "report_subscribers", "group_id", Fate.Erased),
        new(Subject.Group, "report_deliveries", "group_id", Fate.Erased),
        new(Subject.Group, "report_sightings", "group_id", Fate.Erased),
        new(Subject.Group, "report_photos", "group_id", Fate.Erased),
        new(Subject.Group, "reports", "group_id", Fate.Erased),
        new(Subject.Group, "persons", "group_id", Fate.None) { By = "EndGroup, one after the other" },
        new(Subject.Group, "photos", "group_id", Fate.None) { By = "EndGroup, one after the other" },
        new(Subject.Group, "collections", "id", Fate.None) { By = "EndGroup" },
        new(Subject.Group, "media_subjects", "group_id", Fate.None) { By = WithTheFile },
        new(Subject.Group, "groups", "id", Fate.Erased),
    ];
}
