using System.Globalization;
using Atmosphere.Bot.Texts;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Flows.Tagging.Voting;
using Atmosphere.Recognition.Outbound;
using Atmosphere.Recognition.Questions;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Bot.Conversations.TagFace;

/// <summary>Votes and takes back, in the turn's transaction, and knows what to say of it.</summary>
internal sealed class TagFaceAnswers(
    Turn turn, TagFaceTurn step, KnownQuestions known, string voter, Database database, IQuestions questions, IFaceTags tags, CancellationToken cancellation)
{
    private const int MostNames = 8;

    /// <param name="name">Of the person.</param>
    public TalkTrigger Vote(QuestionView view, TagAnswer answer, PersonId? person = null, string name = "")
    {
        turn.Change(async (session, _) =>
        {
            // A person who is going just now is no reason to try again: the vote counts for nobody.
            if (await tags.VoteAsync(session, view.Id, voter, answer, person) == TagReceipt.Closed)
                throw new InvalidOperationException($"Question {view.Id} was closed while the turn was worked on; it is tried again.");
        });
        var own = view.Votes.LastOrDefault(vote => vote.Voter == voter);
        step.IsChange = own is not null && (own.Answer != answer || own.Person != person);
        var equal = 1 + view.Votes.Count(vote => vote.Voter != voter && vote.Answer == answer && vote.Person == person);
        step.Taken = (view.Needed - equal) switch
        {
            <= 0 when person is not null => ("tag-face.enough-person", [("name", name)]),
            <= 0 => ("tag-face.enough", []),
            1 => ("tag-face.one-more", []),
            var more => ("tag-face.more", [("count", more.ToString(CultureInfo.InvariantCulture))]),
        };
        step.Draft.Last = view.Id.Value;
        Leave(view.Id.Value);
        return TalkTrigger.Voted;
    }

    /// <summary>A name that was typed: exactly one person of the group must have it.</summary>
    public async Task<TalkTrigger> NameAsync(QuestionView view, string typed)
    {
        var name = ChildName.Clean(typed);
        if (name.Length is 0 or > ChildName.Longest)
            return TalkTrigger.Unclear;
        var persons = await database.ReadAsync(session => questions.PersonsAsync(session, view.Id, name, MostNames), cancellation);
        var exact = persons.Where(person => NameFolding.AreSame(person.Name, name)).ToList();
        if (exact is [var only])
            return Vote(view, TagAnswer.Person, only.Person, only.Name);
        if (persons.Count == 0)
        {
            step.Called = name;
            return TalkTrigger.NobodyCalledSo;
        }

        step.Several = PersonOffers.Of(exact.Count > 1 ? exact : persons);
        step.Draft.Show(new ShownQuestion(view.Id.Value, step.Several));
        return TalkTrigger.SeveralNames;
    }

    /// <summary>Whether the text begins like "not Maya", for any name.</summary>
    public static bool MayBeUndo(Turn turn) =>
        turn.Word is null && Words.Simplify(turn.Incoming.Text).StartsWith(Words.Simplify(turn.Speech.Text("tag-face.not-them", ("name", ""))) + " ", StringComparison.Ordinal);

    /// <summary>"not Maya" takes back the last question that they helped to decide so.</summary>
    /// <returns>Null where the words are something else.</returns>
    public TalkTrigger? UndoOf(string text) =>
        known.Others.FirstOrDefault(other => TagFaceMachine.CanBeUndone(other.State) && IsUndo(other, text)) is { } decided ? Undo(decided) : null;

    /// <summary>Whether the words are "not Maya" of a question that was decided to be Maya.</summary>
    public bool IsUndo(QuestionView view, string text) =>
        view is { Answer: TagAnswer.Person, Person: { } person }
        && Words.Simplify(text) == Words.Simplify(turn.Speech.Text("tag-face.not-them", ("name", person.Name)));

    public TalkTrigger Undo(QuestionView view)
    {
        if (!TagFaceMachine.CanBeUndone(view.State) || view.Person is not { } person)
            return TagFaceMachine.TakesVotes(view.State) ? ShowAgain(view) : TooLate(view.Id.Value, view);
        turn.Change(async (session, _) =>
        {
            if (await tags.UndoAsync(session, view.Id, voter, person.Person) != TagReceipt.Taken)
                throw new InvalidOperationException($"Question {view.Id} is not decided any more; the turn is worked on again.");
        });
        step.Remark = "tag-face.undone";
        step.Called = person.Name;
        if (step.Draft.Last == view.Id.Value)
            step.Draft.Last = null;
        step.Draft.Seen.Remove(view.Id.Value);
        return TalkTrigger.TakenBack;
    }

    /// <summary>The last answer: what is decided is undone, what is open is shown once more, so that another answer takes its place.</summary>
    public TalkTrigger TakeBack(QuestionView? last)
    {
        if (last is null)
            return TalkTrigger.NothingToTakeBack;
        if (TagFaceMachine.TakesVotes(last.State))
            return ShowAgain(last);
        if (TagFaceMachine.CanBeUndone(last.State) && last.Person is not null)
            return Undo(last);
        step.Draft.Last = null;
        step.Remark = "tag-face.not-undone";
        return TalkTrigger.TakenBack;
    }

    /// <param name="view">Null: it is gone.</param>
    public TalkTrigger TooLate(string question, QuestionView? view)
    {
        step.Remark = view?.State switch
        {
            QuestionState.Decided => "tag-face.closed-decided",
            QuestionState.Refused => "tag-face.closed-refused",
            QuestionState.Undone => "tag-face.closed-undone",
            _ => "tag-face.closed-expired",
        };
        Leave(question);
        return TalkTrigger.TooLate;
    }

    private TalkTrigger ShowAgain(QuestionView view)
    {
        step.Draft.Seen.Remove(view.Id.Value);
        (step.Asked, step.Draft.Question, step.Draft.Last) = (view, view.Id.Value, null);
        step.Remark = "tag-face.again";
        return TalkTrigger.TakenBack;
    }

    /// <summary>A late answer to a face of before leaves the one that is shown where it is.</summary>
    private void Leave(string question)
    {
        step.Draft.Close(question);
        step.Asked = known.Of(step.Draft.Question);
    }
}
