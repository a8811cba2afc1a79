using System.Text.Json.Serialization;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Storage.Media;

namespace Atmosphere.Bot.Conversations.TagFace;

/// <summary>The persistent state of the conversation.</summary>
internal sealed class TagFaceDraft
{
    private const int MostShown = 10;

    [JsonConverter(typeof(JsonStringEnumConverter<TalkState>))]
    public TalkState State { get; set; }

    /// <summary>Id of the question that is shown; null: none is.</summary>
    public string? Question { get; set; }

    /// <summary>Questions that were answered or skipped in this conversation: a vote is counted a moment later.</summary>
    public List<string> Seen { get; init; } = [];

    /// <summary>The question that was answered last; null: none was.</summary>
    public string? Last { get; set; }

    /// <summary>What the buttons of the last questions stand for, oldest first.</summary>
    public List<ShownQuestion> Shown { get; init; } = [];

    /// <summary>Pictures that were made for the question.</summary>
    public List<MediaKey> Pictures { get; init; } = [];

    /// <summary>The question whose pictures were made last; null: none were.</summary>
    public string? PicturesOf { get; set; }

    /// <summary>File of the picture with the buttons.</summary>
    public string? Around { get; set; }

    /// <summary>The pictures are gone: nothing can be said of the face.</summary>
    public bool IsBlind { get; set; }

    /// <summary>How the child that nobody registered is called.</summary>
    public string? Name { get; set; }

    /// <summary>The guardian's number; empty: the colleague tells them; null: not asked yet.</summary>
    public string? Phone { get; set; }

    /// <summary>More buttons of a question; a label that meant somebody else before means nobody.</summary>
    public void Show(ShownQuestion question)
    {
        var before = Shown.Where(shown => shown.Question == question.Question).SelectMany(shown => shown.Offers).ToList();
        var unclear = question.Offers.Concat(before).GroupBy(offer => offer.Label)
            .Where(offers => offers.Select(offer => offer.Person).Distinct().Count() > 1).Select(offers => offers.Key).ToHashSet();
        var all = question.Offers.Concat(before).DistinctBy(offer => offer.Label).Where(offer => !unclear.Contains(offer.Label));
        Shown.RemoveAll(shown => shown.Question == question.Question);
        Shown.Add(question with { Offers = [.. all] });
        if (Shown.Count > MostShown)
            Shown.RemoveAt(0);
    }

    /// <summary>It is not asked again in this conversation.</summary>
    public void Close(string question)
    {
        if (!Seen.Contains(question))
            Seen.Add(question);
        if (Question == question)
            Question = null;
        (Name, Phone) = (null, null);
    }
}

/// <param name="Question">Its id.</param>
/// <param name="Offers">The names on its buttons.</param>
internal sealed record ShownQuestion(string Question, List<OfferedName> Offers);

/// <param name="Label">As it stands on the button, without the number of the question.</param>
internal sealed record OfferedName(string Label, PersonId Person, string Name);
