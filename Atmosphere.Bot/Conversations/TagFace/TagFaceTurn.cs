using System.Globalization;
using Atmosphere.Bot.Conversations.Invitations;
using Atmosphere.Bot.Texts;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Outbound;

namespace Atmosphere.Bot.Conversations.TagFace;

/// <summary>The actions of <see cref="TagFaceTalkMachine"/>: what is said and shown while one message is answered.</summary>
/// <param name="waiting">Questions that wait, oldest first, those that the participant answered left out.</param>
internal sealed class TagFaceTurn(TagFaceDraft draft, Speech speech, IReadOnlyList<QuestionView> waiting, TagFacePictures pictures)
{
    private static readonly Word[] _answers = [Word.SomebodyElse, Word.NewPerson, Word.NoPerson, Word.Visitor, Word.CannotTell];

    public TagFaceDraft Draft => draft;

    /// <summary>How many faces wait in the groups of the participant.</summary>
    public int Waiting { get; init; }

    /// <summary>The question that is asked for, or the oldest that was not seen yet.</summary>
    public QuestionView? Next => Asked ?? (draft.Question is null ? waiting.FirstOrDefault(view => !draft.Seen.Contains(view.Id.Value)) : null);

    public bool HasNext => Next is not null;

    /// <summary>The question that the conversation is about; null: the next one.</summary>
    public QuestionView? Asked { get; set; }

    /// <summary>What is said of a vote.</summary>
    public (string Key, (string, string)[] Values)? Taken { get; set; }

    /// <summary>The vote of before is replaced.</summary>
    public bool IsChange { get; set; }

    /// <summary>Key of the sentence about a question that is closed, a name or a number that cannot be used, or what was taken back.</summary>
    public string Remark { get; set; } = "";

    /// <summary>The person the remark is about.</summary>
    public string Called { get; set; } = "";

    /// <summary>Persons to choose from.</summary>
    public List<OfferedName> Several { get; set; } = [];

    /// <summary>What came of an invitation.</summary>
    public Invitation? Invited { get; set; }

    /// <summary>Opens WhatsApp on the colleague's phone with words for the guardian; empty: they tell them.</summary>
    public string SendLink { get; set; } = "";

    /// <summary>Opens WhatsApp with a text that tells a guardian what to do. The recipient is chosen there, so that the chat holds no number.</summary>
    public string LinkWithWords()
    {
        var how = Invited!.Link.Length > 0 ? Invited.Link : Invited.Code;
        return $"https://wa.me/?text={Uri.EscapeDataString(speech.Text("tag-face.words-to-guardian", ("how", how)))}";
    }

    /// <summary>Unless the chat is closed for another reason.</summary>
    public void SayNothingWaits(TalkTrigger after)
    {
        if (after is not (TalkTrigger.TakenBack or TalkTrigger.NothingToTakeBack or TalkTrigger.Cancel))
            speech.Say("tag-face.nothing-waits");
    }

    public void SayStopped() => speech.Say("tag-face.stopped");

    public void SayHelp() => speech.Say(draft.State is TalkState.Shown or TalkState.AskName ? "tag-face.help" : "tag-face.invitation-help");

    public void SayInvitationHelp() => speech.Say("tag-face.invitation-help");

    /// <summary>A name or a number may be anything: it is asked for once more, and no more.</summary>
    public void SayUnclear()
    {
        if (draft.State is TalkState.Shown or TalkState.AskName)
            speech.Say("common.unclear");
        else if (draft.State == TalkState.ConfirmInvitation)
            speech.Say("common.yes-or-no");
    }

    public void SayTooLate() => speech.Say(Remark);

    public void SayTakenBack() => speech.Say(Remark, ("name", Called));

    public void SayNothingToTakeBack() => speech.Say("common.nothing-to-cancel");

    public void SayOldButton() => speech.Say("tag-face.old-button");

    public void SayNobodyCalledSo() => speech.Say("tag-face.nobody-called", ("name", Called));

    public void SaySeveralNames() => speech.Say("tag-face.several-names");

    public void SayNameProblem() => speech.Say(Remark);

    public void SayPhoneProblem() => speech.Say("tag-face.phone-refused");

    public void SayTaken()
    {
        if (IsChange)
            speech.Say("tag-face.changed");
        speech.Say(Taken!.Value.Key, Taken.Value.Values);
    }

    public void Invite()
    {
        speech.Say("tag-face.invited", ("name", Called), ("code", Invited!.Code));
        if (Invited.Link.Length > 0)
            speech.Line("tag-face.invited-link", ("link", Invited.Link));
        if (SendLink.Length > 0)
            speech.Line("tag-face.invited-send", ("link", SendLink));
    }

    public void AskName()
    {
        var question = new QuestionId(draft.Question!);
        speech.AskChoice("tag-face.ask-name", [.. Several.Select(offer => QuestionNumber.Button(offer.Label, question))], [Word.NewPerson, Word.Back, Word.Cancel]);
    }

    public void AskNewName() => speech.Ask("tag-face.ask-new-name", Word.Back, Word.Cancel);

    public void AskPhone() => speech.AskChoice("tag-face.ask-phone", [speech.Text("tag-face.tell-myself")], [Word.Back, Word.Cancel], ("name", draft.Name!));

    public void AskConfirmation() => speech.Ask(
        draft.Phone is { Length: > 0 } ? "tag-face.confirm-invitation" : "tag-face.confirm-code", [Word.Yes, Word.No, Word.Back],
        ("name", draft.Name!), ("group", Asked?.GroupName ?? ""), ("phone", PhoneNumber.EndOf(draft.Phone ?? "")));

    /// <summary>The face in a bubble of its own, then its surroundings with the buttons.</summary>
    public async Task ShowAsync()
    {
        var view = Next!;
        (draft.Question, draft.Name, draft.Phone) = (view.Id.Value, null, null);
        var isNew = draft.PicturesOf != view.Id.Value;
        var (face, around) = await pictures.OfAsync(draft, view);
        draft.IsBlind = face is null && around is null;
        if (draft.IsBlind)
        {
            speech.Say("tag-face.no-picture");
            speech.Ask("tag-face.skip-it", Word.Skip, Word.Cancel);
            return;
        }

        if (view.Kind == QuestionKind.Check && view.About is { } about)
            speech.Say("tag-face.check", ("name", about.Name));
        if (isNew && face is not null && around is not null)
            speech.Show("tag-face.who", face.Value);
        else
            speech.Say("tag-face.who");
        var offers = PersonOffers.Of(view.Suggestions);
        draft.Show(new ShownQuestion(view.Id.Value, offers));
        speech.Ask(
            "tag-face.question", draft.Last is null ? [Word.Skip, Word.Cancel] : [Word.Skip, Word.Back, Word.Cancel], around ?? face,
            ("count", Number(view.Photos)), ("group", view.GroupName), ("waiting", Number(Waiting)));
        speech.Offer(
        [
            .. offers.Select(offer => offer.Label).Concat(_answers.Select(speech.ButtonOf)).Select(label => QuestionNumber.Button(label, view.Id)),
        ]);
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
