using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Faces;
using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Naming;
using Atmosphere.Recognition.Storage;
using Microsoft.Extensions.Options;

namespace Atmosphere.Recognition.Flows.Tagging.Learning;

/// <summary>Checks all faces learned from tags: drops those that do not fit, recomputes the reference vectors, and reports.</summary>
internal sealed class StartTraining(Database database, IFaceCollections collections, LearningGate gate, IOptions<TrainingOptions> options, TimeProvider clock)
    : IStep<Messages.StartTraining>
{
    public async Task<Effects> HandleAsync(Messages.StartTraining message, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var (since, taught) = await database.ReadAsync(
            async session => (
                await GroupTable.TrainedAtAsync(session, message.Group),
                await TrainedFaces.OfGroupAsync(session, message.Group)),
            cancellation);
        if (taught.All(face => face.At <= since))
            return Effects.None;

        var persons = new List<PersonTraining>();
        try
        {
            foreach (var person in taught.GroupBy(face => face.PersonId))
                persons.Add(await TrainAsync(CollectionId.Of(message.Group), person.Key, [.. person], cancellation));
        }
        catch (CollectionNotFoundException)
        {
            // The group is ending.
            return Effects.None;
        }

        var dropped = persons.SelectMany(person => person.Dropped).ToList();
        var ended = new TrainingEnded(
            message.Group,
            taught.Count(face => face.At > since && !dropped.Contains(face.FaceId)),
            dropped.Count,
            persons.Sum(person => person.Doubtful));
        return new Effects().Change(async (session, outbox) =>
        {
            if (!await GroupTable.TrainedAsync(session, message.Group, since, now))
                return;

            await TrainedFaces.DroppedAsync(session, dropped, now);
            await Notifications.ReplaceAsync(
                session,
                NotificationKind.Trained,
                message.Group,
                $"Tags were learned in group '{message.Group}': {ended.Learned} faces kept, {ended.Dropped} dropped, {ended.Doubtful} of registrations do not fit.",
                now);
            await outbox.SendAsync(session, ended);
            foreach (var person in persons.Where(person => person.Dropped.Count > 0))
                await RevokeNames.AfterUnlearningAsync(session, outbox, person.Person, message.Group, await TrainedFaces.TaughtSinceAsync(session, person.Dropped));
        });
    }

    private async Task<PersonTraining> TrainAsync(CollectionId collection, PersonId person, IReadOnlyList<TaughtFace> taught, CancellationToken cancellation)
    {
        var vectors = await database.ReadAsync(session => LearnedVectors.OfAsync(session, collection, person), cancellation);
        var kept = (await collections.ListFacesAsync(collection, person, cancellation)).Select(face => face.Face).ToHashSet();

        // An interrupted attempt may have dropped some: they are not in the collection any more.
        var gone = taught.Select(face => face.FaceId).Where(face => !kept.Contains(face)).ToList();
        var (outliers, doubtful) = Outliers.Of(vectors, taught.Select(face => face.FaceId).ToHashSet(), options.Value.OutliersFrom);
        try
        {
            if (outliers.Count > 0)
            {
                await collections.DisassociateFacesAsync(collection, person, outliers, cancellation);
                await collections.DeleteFacesAsync(collection, outliers, cancellation);
            }

            if (kept.Count > outliers.Count)
                await gate.KeepAsync(collection, person, [.. kept.Except(outliers)], WayToLearn.NightlyTraining, cancellation);
        }
        catch (AssociationRefusedException)
        {
            // The person or one of the faces is being removed: that recomputes the vector, too.
        }

        return new PersonTraining(person, [.. outliers, .. gone], doubtful);
    }

    /// <param name="Doubtful">Number of registration faces that do not fit.</param>
    private sealed record PersonTraining(PersonId Person, IReadOnlyList<FaceId> Dropped, int Doubtful);
}
