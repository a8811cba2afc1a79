using Atmosphere.Bot.Conversations.Invitations;
using Atmosphere.Bot.Incoming;
using Atmosphere.Bot.Texts;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Outbound;
using Atmosphere.Recognition.Questions;

namespace Atmosphere.Bot.Conversations.TagFace;

/// <summary>Understands what a colleague tapped or typed, and which face is meant: never another one than the one that the button was shown with.</summary>
internal sealed class TagFaceWords(Turn turn, TagFaceTurn step, KnownQuestions known, TagFaceAnswers answers, IInvitations invitations)
{
    private TagFaceDraft Draft => step.Draft;

    private string Text => turn.Incoming.Text.Trim();

    public async Task<TalkTrigger> UnderstandAsync()
    {
        var button = QuestionNumber.Read(Text);
        if (Draft.State == TalkState.Closed)
            return button is { } old ? await TapAsync(old)
                : turn.Word == Word.TagFaces ? TalkTrigger.TagFaces
                : answers.UndoOf(Text) ?? TalkTrigger.Unclear;
        var isName = Draft.State == TalkState.AskNewName && button is null && AskedNames.Read(turn) == AskedName.Name;
        if (turn.Word == Word.Cancel && !isName)
            return TalkTrigger.Cancel;
        if (button is { } tapped && Draft.State is TalkState.Shown or TalkState.AskName)
            return await TapAsync(tapped);
        // The question may have been decided, or its face be gone, while nobody said anything.
        if (Draft.State == TalkState.Shown && turn.Word == Word.Back)
            return answers.TakeBack(known.Of(Draft.Last));
        if (step.Asked is null || !TagFaceMachine.TakesVotes(step.Asked.State))
            return answers.TooLate(Draft.Question!, step.Asked);
        if (turn.Files.Count > 0 || turn.Incoming.Kind == IncomingKind.Joined || Text.Length == 0)
            return TalkTrigger.Unclear;
        return Draft.State switch
        {
            TalkState.AskNewName when isName => TakeNewName(),
            TalkState.AskNewName => turn.Word switch { Word.Back => TalkTrigger.Back, Word.Help => TalkTrigger.Help, null when button is null => TakeNewName(), _ => TalkTrigger.Unclear },
            TalkState.AskPhone => TakePhone(),
            TalkState.ConfirmInvitation => turn.Word switch
            {
                Word.Yes => TalkTrigger.Yes,
                Word.No => TalkTrigger.No,
                Word.Back => TalkTrigger.Back,
                Word.Help => TalkTrigger.Help,
                _ => TalkTrigger.Unclear,
            },
            _ => await AnswerAsync(step.Asked, turn.Word, Text),
        };
    }

    /// <summary>A button says itself which face it belongs to; one that nothing is known of any more counts for nothing.</summary>
    private async Task<TalkTrigger> TapAsync((string Label, string Number) button)
    {
        var view = known.Numbered(button.Number);
        if (view is not null && answers.IsUndo(view, button.Label))
            return answers.Undo(view);
        var shown = Draft.Shown.Where(shown => QuestionNumber.Of(shown.Question) == button.Number).ToList();
        if (view is null || shown is not [var only] || only.Question != view.Id.Value)
        {
            step.Asked = view is not null && TagFaceMachine.TakesVotes(view.State) ? view : step.Asked;
            Draft.Question = step.Asked?.Id.Value;
            return TalkTrigger.OldButton;
        }

        if (!TagFaceMachine.TakesVotes(view.State))
            return answers.TooLate(view.Id.Value, view);
        if (only.Offers.FirstOrDefault(offer => offer.Label == button.Label) is { } offer)
            return answers.Vote(view, TagAnswer.Person, offer.Person, offer.Name);
        (step.Asked, Draft.Question) = (view, view.Id.Value);
        return turn.WordOf(button.Label) is { } word ? await AnswerAsync(view, word, button.Label) : TalkTrigger.OldButton;
    }

    private async Task<TalkTrigger> AnswerAsync(QuestionView view, Word? word, string text)
    {
        if (Draft.IsBlind && word is not (Word.Skip or Word.Help or Word.TagFaces))
            return TalkTrigger.Unclear;
        switch (word)
        {
            case Word.NoPerson or Word.None:
                return answers.Vote(view, TagAnswer.Nobody);
            case Word.Visitor:
                return answers.Vote(view, TagAnswer.Visitor);
            case Word.CannotTell:
                return answers.Vote(view, TagAnswer.CannotTell);
            case Word.SomebodyElse:
                return TalkTrigger.SomebodyElse;
            case Word.NewPerson or Word.AddChild:
                return TalkTrigger.NewPerson;
            case Word.Skip:
                step.Asked = null;
                Draft.Close(view.Id.Value);
                return TalkTrigger.Skip;
            case Word.TagFaces:
                return TalkTrigger.TagFaces;
            case Word.Back:
                return TalkTrigger.Back;
            case Word.Help:
                return TalkTrigger.Help;
            case null:
                break;
            default:
                return TalkTrigger.Unclear;
        }

        return answers.UndoOf(text) ?? await answers.NameAsync(view, text);
    }

    private TalkTrigger TakeNewName()
    {
        var name = ChildName.Parse(Text, out var problem);
        step.Remark = turn.Code is not null ? "connect-person.name-is-a-code" : problem ?? "";
        if (name is null || turn.Code is not null)
            return TalkTrigger.NameRefused;
        Draft.Name = name;
        return TalkTrigger.NameGiven;
    }

    private TalkTrigger TakePhone()
    {
        if (turn.Word == Word.Back)
            return TalkTrigger.Back;
        if (turn.Word == Word.Help)
            return TalkTrigger.Help;
        if (turn.Word is Word.Skip or Word.No or Word.None || Words.Simplify(Text) == Words.Simplify(turn.Speech.Text("tag-face.tell-myself")))
        {
            Draft.Phone = "";
            return TalkTrigger.NoPhone;
        }

        Draft.Phone = invitations.PhoneOf(Text);
        return Draft.Phone is null ? TalkTrigger.PhoneRefused : TalkTrigger.PhoneGiven;
    }
}
