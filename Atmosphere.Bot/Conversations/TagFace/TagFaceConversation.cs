using System.Text.Json;
using Atmosphere.Bot.Conversations.Invitations;
using Atmosphere.Bot.Incoming;
using Atmosphere.Bot.Texts;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Flows.Tagging.Voting;
using Atmosphere.Recognition.Outbound;
using Atmosphere.Recognition.Questions;
using Atmosphere.Recognition.Storage;
using Atmosphere.Recognition.Storage.Media;

namespace Atmosphere.Bot.Conversations.TagFace;

/// <summary>"who is this": shows a colleague the open faces and takes the answers. For other users the words have no meaning.</summary>
internal sealed class TagFaceConversation(
    Database database, IQuestions questions, IFaceTags tags, IInvitations invitations, Taggers taggers, IMediaStore media) : IConversation
{
    public const string Dialog = "tag-face";

    // A colleague who skips more than this must start again later.
    private const int MostAtOnce = 25;
    private const int MostDecided = 20;

    public string Name => Dialog;

    public bool Begins(Turn turn) => turn.Files.Count == 0 && (turn.Word == Word.TagFaces || QuestionNumber.Read(turn.Incoming.Text) is not null || TagFaceAnswers.MayBeUndo(turn));

    public bool TakesAsName(Turn turn) =>
        turn is { State: { } state, Incoming.Kind: IncomingKind.Message } && Read(state).State == TalkState.AskNewName && AskedNames.Read(turn) == AskedName.Name;

    public async Task AnswerAsync(Turn turn, CancellationToken cancellation)
    {
        var draft = turn.State is null ? new TagFaceDraft() : Read(turn.State);
        var voter = $"{GuardianInvitations.OfParticipant}{turn.Participant.Id}";
        var known = await database.ReadAsync(session => KnowAsync(session, turn, draft, voter), cancellation);
        if (known is null)
        {
            turn.Discard(draft.Pictures);
            turn.IsLeftToOthers = true;
            return;
        }

        var step = new TagFaceTurn(draft, turn.Speech, known.Waiting, new TagFacePictures(questions, media, turn, cancellation))
        {
            Waiting = known.Count,
            Asked = known.Of(draft.Question),
        };
        var answers = new TagFaceAnswers(turn, step, known, voter, database, questions, tags, cancellation);
        var trigger = await new TagFaceWords(turn, step, known, answers, invitations).UnderstandAsync();
        if (draft.State == TalkState.Closed && trigger == TalkTrigger.Unclear)
        {
            turn.IsLeftToOthers = true;
            return;
        }

        if (trigger == TalkTrigger.Yes)
            await InviteAsync(step, voter, cancellation);
        await TagFaceTalkMachine.Create(step).FireAsync(trigger);

        if (draft.State == TalkState.Closed)
        {
            turn.State = null;
            turn.Discard(draft.Pictures);
            return;
        }

        turn.State = JsonSerializer.Serialize(draft, JsonSerializerOptions.Web);
        turn.Keep(draft.Pictures);
    }

    private static TagFaceDraft Read(string state) => JsonSerializer.Deserialize<TagFaceDraft>(state, JsonSerializerOptions.Web)!;

    /// <returns>Null if the user is not a colleague, or no longer.</returns>
    private async Task<KnownQuestions?> KnowAsync(Session session, Turn turn, TagFaceDraft draft, string voter)
    {
        var groups = await taggers.GroupsAsync(session, turn);
        if (groups.Count == 0)
            return null;

        var ids = groups.Select(group => group.Group).ToHashSet();
        var waiting = (await questions.WaitingAsync(session, ids, voter, MostAtOnce)).Where(view => ids.Contains(view.Group)).ToList();
        var others = new List<QuestionView>();
        var named = new[] { draft.Question, draft.Last }.Concat(draft.Shown.Select(shown => shown.Question)).OfType<string>().Select(id => new QuestionId(id));
        foreach (var id in named.Concat(await AnsweredQuestions.OfAsync(session, voter, MostDecided)).Distinct())
        {
            if (await questions.FindAsync(session, id) is { } view && ids.Contains(view.Group))
                others.Add(view);
        }

        return new KnownQuestions([.. waiting.Where(view => view.Votes.All(vote => vote.Voter != voter))], waiting, others, await questions.CountWaitingAsync(session, ids));
    }

    // At once and not with the turn: the code stands in the answer. A turn that is worked on again makes another one; the first expires unused.
    private async Task InviteAsync(TagFaceTurn step, string voter, CancellationToken cancellation)
    {
        var (view, draft) = (step.Asked!, step.Draft);
        var (name, phone) = (draft.Name!, draft.Phone ?? "");
        step.Invited = await database.WriteAsync(session => invitations.InviteAsync(session, view.Id, voter, name, phone, view.Group), cancellation);
        step.Called = name;
        if (phone.Length > 0)
            step.SendLink = step.LinkWithWords();
        draft.Close(view.Id.Value);
        step.Asked = null;
    }
}

/// <summary>The questions that a colleague may be asked about, as they stand while the message is answered.</summary>
/// <param name="Waiting">That the colleague did not answer yet, oldest first.</param>
/// <param name="Open">All that wait.</param>
/// <param name="Others">Those of the conversation, and those that the colleague helped to decide, whatever became of them.</param>
/// <param name="Count">How many wait.</param>
internal sealed record KnownQuestions(IReadOnlyList<QuestionView> Waiting, IReadOnlyList<QuestionView> Open, IReadOnlyList<QuestionView> Others, int Count)
{
    public QuestionView? Of(string? question) => question is null ? null : Others.Concat(Open).FirstOrDefault(view => view.Id.Value == question);

    /// <returns>Null where none, or more than one, has the number.</returns>
    public QuestionView? Numbered(string number) =>
        Others.Concat(Open).DistinctBy(view => view.Id).Where(view => QuestionNumber.Of(view.Id) == number).Take(2).ToList() is [var only] ? only : null;
}
