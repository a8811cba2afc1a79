using Atmosphere.Bot.Channels.Slack.Api;
using Atmosphere.Bot.Channels.Slack.Views;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Flows.Persons.Requests;
using Atmosphere.Recognition.Flows.Tagging.Voting;
using Atmosphere.Recognition.Outbound;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Bot.Channels.Slack.Webhooks;

/// <summary>Records votes that members cast with buttons.</summary>
internal sealed class TagVotes(IFaceTags tags, IHeldFaceVotes held, SlackInbox inbox, HomePages homes, ChannelMembers members)
{
    /// <summary>The voter id of a Slack user in tables and messages.</summary>
    public static string Voter(string user) => $"slack:{user}";

    /// <param name="request">A request of a user who may vote.</param>
    public async Task TakeAsync(Session session, TagAction tag, SlackRequest request)
    {
        var voter = Voter(request.User);
        if (members.Known(request.User)?.Number is { } number)
            await tags.LinkAsync(session, voter, number);
        var receipt = tag.Kind switch
        {
            TagActionKind.Undo => await tags.UndoAsync(session, tag.Question, voter, tag.Person!.Value),
            TagActionKind.Same or TagActionKind.Other => HeldFaceView.FaceOf(tag.Question) is { } face && await held.VoteAsync(session, face, voter, tag.Kind == TagActionKind.Same)
                ? TagReceipt.Taken
                : TagReceipt.Closed,
            _ => await tags.VoteAsync(session, tag.Question, voter, AnswerOf(tag.Kind), tag.Person),
        };
        // Posts and homes show the effect of a vote; a form and a held face do not.
        if (receipt != TagReceipt.Taken)
            await inbox.AnswerAsync(session, request, receipt == TagReceipt.Closed ? "slack-answers.closed" : "slack-answers.no-such-question");
        else if (request.View is not null || tag.Kind is TagActionKind.Same or TagActionKind.Other)
            await inbox.AnswerAsync(session, request, "slack-answers.thanks");
        await homes.RefreshAsync(session, request.User);
    }

    private static TagAnswer AnswerOf(TagActionKind kind) => kind switch
    {
        TagActionKind.Person => TagAnswer.Person,
        TagActionKind.Nobody => TagAnswer.Nobody,
        TagActionKind.Visitor => TagAnswer.Visitor,
        TagActionKind.CannotTell => TagAnswer.CannotTell,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "It is no vote."),
    };
}
