using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Faces;
using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Naming;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Recognition.Flows.Tagging.Learning;

/// <summary>
/// Adds the faces of a decision to the face collection: each face once, however often the message is repeated, and only for a learned
/// person whose guardian consents. Any failure other than a refusal keeps the votes and is retried.
/// </summary>
internal sealed class SendFaceForTraining(
    Database database, IFaceCollections collections, TaggedFaceCheck faces, SimilarityCheck likeness, LearningGate gate, HeldFaces held, TimeProvider clock)
    : IStep<FaceTagged>
{
    /// <summary>Key of the text for faces that are clearly another registered person's.</summary>
    public const string LooksLikeAnother = "tagging.refused-looks-like-another";

    /// <summary>Key of the text for faces that the engine does not accept.</summary>
    public const string Engine = "tagging.refused-by-engine";

    /// <summary>Key of the text for a face that does not resemble the named person at all.</summary>
    public const string NotAlike = "tagging.refused-not-alike";

    private static readonly TimeSpan _connecting = TimeSpan.FromMinutes(5);

    public async Task<Effects> HandleAsync(FaceTagged message, CancellationToken cancellation)
    {
        if (await database.ReadAsync(session => QuestionTable.FindAsync(session, message.Question), cancellation) is not { IsNamed: true, FinalizedAt: null } question)
            return Effects.None;

        var person = question.PersonId!.Value;
        var collection = CollectionId.Of(question.GroupId);
        if (await StandingAsync(question, person, cancellation) is not { } connected)
            return await LeaveAsync(question, collection, cancellation);
        if (!connected)
            throw new TryLaterException("The person is not learned yet, or there is no consent just now; nothing is sent before.", _connecting);

        try
        {
            if (await faces.CheckAsync(question, cancellation) is not { } passed)
                return Once(new Effects(), question, new FaceTrainingSent(question.Id));
            var shown = passed.Faces[0].Search;
            if (shown is { Verdict: MatchVerdict.Named, Matches: [var best, ..] } && best.User != person && !passed.LookAlike)
                return Once(new Effects(), question, new FaceTrainingRefused(question.Id, LooksLikeAnother));
            if (await likeness.IsMissingAsync(question, person, passed.Faces[0], cancellation))
                return Once(new Effects(), question, new FaceTrainingRefused(question.Id, NotAlike));
            return await TeachAsync(question, person, collection, passed, cancellation);
        }
        catch (AssociationRefusedException) when (!cancellation.IsCancellationRequested)
        {
            // A person being removed has no user in the collection, so the refusal says nothing about the faces.
            return await StandingAsync(question, person, cancellation) == true
                ? Once(new Effects(), question, new FaceTrainingRefused(question.Id, Engine))
                : await LeaveAsync(question, collection, cancellation);
        }
    }

    private async Task<Effects> TeachAsync(QuestionRow question, PersonId person, CollectionId collection, CheckedFaces passed, CancellationToken cancellation)
    {
        var known = (await collections.ListFacesAsync(collection, person, cancellation)).Select(face => face.Face).ToHashSet();
        var taught = await database.ReadAsync(session => TrainedFaces.OfPersonAsync(session, person), cancellation);
        var plan = TrainingPlan.Of(passed.Faces.Where(face => !TaggedFaceCheck.IsSomebodyElse(face.Search, person)), known, taught);

        // The rows are committed before anything is sent: after a crash they show what may have been sent.
        var begun = await database.WriteAsync(session => BeginAsync(session, question, person, plan), cancellation);
        if (begun is null)
            throw new TryLaterException("The person or the consent changed meanwhile.", TimeSpan.FromSeconds(1));

        if (plan.Drop.Count > 0 && begun.Count > 0)
            await collections.DeleteFacesAsync(collection, plan.Drop, cancellation);
        var send = plan.Teach.Where(face => begun.Contains(face.Face) && !known.Contains(face.Face)).ToList();
        var (learn, ask) = await JudgeAsync(question, person, collection, passed, send, cancellation);
        foreach (var way in learn.GroupBy(face => WayOf(question, face.Face)))
            await gate.LearnAsync(collection, person, [.. way], way.Key, cancellation);
        var waiting = ask is null ? [] : await held.PrepareTaggedAsync(person, ask, cancellation);
        var left = send.Except(learn).Select(face => face.Face).ToList();
        if (left.Count > 0)
            await collections.DeleteFacesAsync(collection, left, cancellation);

        // A person erased meanwhile must not stay in the collection: the erasure may have listed the faces before.
        if (await StandingAsync(question, person, cancellation) is null)
            return await LeaveAsync(question, collection, cancellation, [.. send.Select(face => face.Face)]);
        var taughtNow = new Effects()
            .Change(async session =>
            {
                await TrainedFaces.EndAsync(session, [.. begun.Except(left)], TrainedFaces.Sent, clock.GetUtcNow());
                await TrainedFaces.EndAsync(session, begun.Count > 0 ? [.. plan.Drop, .. left] : left, TrainedFaces.Dropped, clock.GetUtcNow());
            })
            .Change((session, outbox) => held.HoldAsync(session, outbox, waiting));
        return Once(taughtNow, question, new FaceTrainingSent(question.Id));
    }

    private static WayToLearn WayOf(QuestionRow question, FaceId face) =>
        face != question.FaceId ? WayToLearn.Merge : question.Kind == QuestionKind.Check ? WayToLearn.ForwardedPhoto : WayToLearn.Tag;

    /// <summary>
    /// Faces that are clearly the person's are learned. Of the others only the one that colleagues saw is: their votes are the answer; in a
    /// group with confirmation a teacher is asked. For persons with a look-alike only such answers count.
    /// </summary>
    private async Task<(IReadOnlyList<FaceToIndex> Learn, FoundFace? Ask)> JudgeAsync(
        QuestionRow question, PersonId person, CollectionId collection, CheckedFaces passed, IReadOnlyList<FaceToIndex> send, CancellationToken cancellation)
    {
        var judged = await gate.JudgeAsync(collection, person, send, cancellation);
        if (judged.Unsure.Concat(passed.LookAlike ? judged.SomebodyElse : []).FirstOrDefault(face => face.Face == question.FaceId) is not { } seen)
            return (judged.Same, null);
        return await database.ReadAsync(session => GroupTable.ConfirmsAsync(session, question.GroupId), cancellation)
            ? (judged.Same, passed.Faces[0].Face)
            : ([.. judged.Same, .. judged.Unsure.Append(seen).Distinct().Where(face => gate.AreAlike(face, seen))], null);
    }

    /// <summary>Adds the next message; a repeated message adds nothing.</summary>
    private Effects Once(Effects effects, QuestionRow question, IMessage next) =>
        effects.Change(async (session, outbox) =>
        {
            if (await QuestionTable.TrainedAsync(session, question.Id, clock.GetUtcNow()))
                await outbox.SendAsync(session, next);
        });

    private async Task<IReadOnlyList<FaceId>?> BeginAsync(Session session, QuestionRow question, PersonId person, TrainingPlan plan)
    {
        var now = await QuestionTable.FindAsync(session, question.Id);
        if (now is not { IsNamed: true } || now.PersonId != person || await StandingAsync(session, question, person) != true)
            return null;

        var begun = new List<FaceId>();
        foreach (var face in plan.Teach)
        {
            if (await TrainedFaces.BeginAsync(session, face.Face, person, question.Id, clock.GetUtcNow()))
                begun.Add(face.Face);
        }

        return begun;
    }

    private Task<bool?> StandingAsync(QuestionRow question, PersonId person, CancellationToken cancellation) =>
        database.ReadAsync(session => StandingAsync(session, question, person), cancellation);

    /// <summary>Whether the person is learned and has consent; null: erased or being erased.</summary>
    private static async Task<bool?> StandingAsync(Session session, QuestionRow question, PersonId person)
    {
        if (!await PersonTable.CanBeNamedAsync(session, person))
            return null;
        return await PersonTable.StateAsync(session, person) == "connected"
            && await PersonTable.MayBeTaggedAsync(session, person, question.GroupId);
    }

    /// <summary>Removes the question's faces from the collection, because the person is erased.</summary>
    private async Task<Effects> LeaveAsync(QuestionRow question, CollectionId collection, CancellationToken cancellation, IReadOnlyList<FaceId>? sent = null)
    {
        var left = await database.ReadAsync(session => TrainedFaces.OfQuestionAsync(session, question.Id), cancellation);
        try
        {
            if (left.Count + (sent?.Count ?? 0) > 0)
                await collections.DeleteFacesAsync(collection, [.. left.Union(sent ?? [])], cancellation);
        }
        catch (CollectionNotFoundException)
        {
            // Then there is nothing to delete.
        }

        return new Effects().Change(session => TrainedFaces.ForgetAsync(session, question.Id));
    }
}
