using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Faces;
using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Naming;
using Atmosphere.Recognition.Storage;
using Atmosphere.Recognition.Storage.Media;

namespace Atmosphere.Recognition.Flows.Persons.Enrolment;

/// <summary>Learns or discards a held face after the decision; its pictures are deleted either way.</summary>
internal sealed class LearnHeldFace(Database database, IMediaStore media, EnrolmentFaces enrolment, IFaceCollections collections, LearningGate gate)
    : IStep<Messages.LearnHeldFace>, IOnExhausted<Messages.LearnHeldFace>
{
    public async Task<Effects> HandleAsync(Messages.LearnHeldFace message, CancellationToken cancellation)
    {
        var (held, allowed) = await database.ReadAsync(
            async session => await HeldFaceTable.FindAsync(session, message.Face) is { } found
                ? (found, await MayAsync(session, found))
                : (null, false),
            cancellation);
        if (held is null or { State: "waiting" })
            return Effects.None;
        // Nothing is learned of matches; only their pictures are deleted.
        if (held.IsMatches)
            return End(held, learned: 0);

        var collection = CollectionId.Of(held.GroupId);
        try
        {
            if (held.State == "allowed" && allowed && await LearnAsync(collection, held, cancellation))
                return End(held, learned: 1);
            // An interrupted attempt may have indexed it.
            await collections.DeleteFacesAsync(collection, [held.Media.FaceId()], cancellation);
        }
        catch (CollectionNotFoundException)
        {
            // Then there is nothing to delete.
        }

        return End(held, learned: 0);
    }

    public Effects Exhausted(Messages.LearnHeldFace message, Exception reason) => new Effects().Change(async (session, outbox) =>
    {
        if (await HeldFaceTable.FindAsync(session, message.Face) is not { } held)
            return;
        // First without learning: an indexed face must be removed; the sweep deletes the files of a deleted row.
        if (await HeldFaceTable.GiveUpAsync(session, message.Face))
            await outbox.SendAsync(session, message);
        else
            await EndAsync(session, outbox, held, 0);
    });

    /// <summary>Whether the sender is still a guardian; without a sender, whether the owner's consent is in force.</summary>
    private static Task<bool> MayAsync(Session session, HeldFace held) => held.FromId is { } from
        ? PersonTable.MayTeachAsync(session, held.PersonId, from)
        : PersonTable.MayBeTaggedAsync(session, held.PersonId, held.GroupId);

    /// <returns>False if it shows no face, or another registered person's.</returns>
    private async Task<bool> LearnAsync(CollectionId collection, HeldFace held, CancellationToken cancellation)
    {
        var row = new EnrolmentRow { Media = held.Media, X = held.X, Y = held.Y, Width = held.Width, Height = held.Height };
        var judged = await gate.JudgeAsync(collection, held.PersonId, await enrolment.FindAsync([row], cancellation), cancellation);
        if (judged is { Same: [], Unsure: [] })
            return false;
        try
        {
            await gate.LearnAsync(collection, held.PersonId, [.. judged.Same, .. judged.Unsure], WayToLearn.HeldFace, cancellation);
            return true;
        }
        catch (AssociationRefusedException)
        {
            // The person was removed meanwhile, or has the maximum number of faces.
            return false;
        }
    }

    private Effects End(HeldFace held, int learned) => new Effects()
        .Change((session, outbox) => EndAsync(session, outbox, held, learned))
        .Afterwards(() => Task.WhenAll(held.Files.Select(file => media.DeleteAsync(file, CancellationToken.None))));

    private static async Task EndAsync(Session session, IOutbox outbox, HeldFace held, int learned)
    {
        await HeldFaceTable.DeleteAsync(session, held.Id);
        if (held.FromId is { } from)
            await outbox.SendAsync(session, new MorePhotosLearned(held.PersonId, from, new($"held-{held.Id}"), learned));
        if (learned > 0)
            await outbox.SendAsync(session, new PersonTaught(held.PersonId, held.GroupId));
    }
}
