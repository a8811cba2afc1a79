using Atmosphere.Bot.Channels.BotFramework;
using Atmosphere.Bot.Turns;
using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging;

namespace Atmosphere.Bot.Conversations;

/// <summary>What the bot does behind its doors, as a table.</summary>
internal static class ConversationsFlow
{
    public static FlowTable Table { get; } = new(
        "conversations",
        [
            StepRow.Of<RunTurn, ConversationTurn>(
                "conversation-turns", [typeof(Recognition.Messages.ConnectPerson), typeof(ReplyWaiting), typeof(UploadsDiscarded)], workers: 2,
                exhausted: "the parent is told that it failed"),
            StepRow.Of<SendReply, ReplyWaiting>("conversation-replies", [], workers: 2, exhausted: "dead letter, the reply is refused"),
            StepRow.Of<DiscardUploads, UploadsDiscarded>("conversation-uploads-discarded", []),
            StepRow.Of<TellConnected, PersonConnected>("person-connected", []),
            StepRow.Of<TellNotConnected, PersonNotConnected>("person-not-connected", []),
        ]);
}
