using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Questions;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Recognition.Naming;

/// <summary>Handles the statement that a face is not the person named: removes the name, and keeps searches from giving it again.</summary>
internal static class NameDenials
{
    /// <summary>
    /// The voter id of a colleague's "not Maya". It is stored beside their vote, which may name another person, once per denied person.
    /// Guardians deny a name under their own id.
    /// </summary>
    public static string VoterOf(string voter, PersonId person) => $"{voter} not {person}";

    /// <summary>Stores the denial and corrects everything that used the name. A repeated call changes nothing.</summary>
    /// <param name="voter">participant:ID of a guardian, or what <see cref="VoterOf"/> returns.</param>
    /// <param name="reason">Why guardians without another child in the photo no longer get it: one of <see cref="Withheld"/>.</param>
    public static async Task AddAsync(
        Session session, IOutbox outbox, PhotoId photo, FaceId face, PersonId person, string voter, string reason, DateTimeOffset now)
    {
        await VoteTable.DenyAsync(session, face, person, voter, now);
        await FaceTable.RefuseAsync(session, face, person);
        await SearchTable.RefuseAsync(session, face, person);
        await DistributionTable.WithdrawAsync(session, photo, reason);
        await IdentifiedPosts.TakeBackAsync(session, outbox, face, now);
    }
}
