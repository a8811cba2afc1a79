using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Questions;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Recognition.Naming;

/// <summary>Somebody says that a face is not whom it was taken for: it bears the name no more and never again by itself.</summary>
internal static class NameDenials
{
    /// <summary>
    /// Under which name a colleague's "not Maya" is kept: beside their vote, which may be for somebody else, and one for each person. Guardians
    /// say it under their own name.
    /// </summary>
    public static string Denial(string voter, PersonId person) => $"{voter} not {person}";

    /// <summary>Writes it down, and corrects whatever the name was in. Repeated, it changes nothing.</summary>
    /// <param name="voter">participant:ID of a guardian, or a <see cref="Denial"/>.</param>
    /// <param name="reason">Why those who have no other child in the photo do not get it: one of <see cref="Withheld"/>.</param>
    public static async Task SayAsync(
        Session session, IOutbox outbox, PhotoId photo, FaceId face, PersonId person, string voter, string reason, DateTimeOffset now)
    {
        await VoteTable.DenyAsync(session, face, person, voter, now);
        await FaceTable.RefuseAsync(session, face, person);
        await SearchTable.RefuseAsync(session, face, person);
        await DistributionTable.WithdrawAsync(session, photo, reason);
        await IdentifiedPosts.TakeBackAsync(session, outbox, face, now);
    }
}
