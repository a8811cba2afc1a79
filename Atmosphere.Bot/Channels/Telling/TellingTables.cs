using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Outbound;
using Atmosphere.Recognition.Storage;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Atmosphere.Bot.Channels.Telling;

/// <summary>The words in which tables of notices and of flows speak about telling.</summary>
internal static class TellingTables
{
    /// <summary>A row of a table of notices.</summary>
    public static IServiceCollection AddNotice<TMessage>(this IServiceCollection services, Func<TMessage, Facts, Session, Task<Told>> notices)
        where TMessage : IMessage
    {
        services.TryAddTransient<Facts>();
        return services.AddSingleton(new NoticeRow<TMessage>(notices));
    }

    /// <summary>A box of a flow.</summary>
    /// <param name="box">Its name in the diagram and in the settings.</param>
    public static StepRow Tells<TMessage>(string box, string queue, params IReadOnlyList<Type> sends)
        where TMessage : IMessage => StepRow.Of<Tell<TMessage>, TMessage>(queue, sends) with { Step = box };

    /// <param name="delivery">Names the notice for ever: told twice, it appears once.</param>
    /// <param name="sentence">Key of the sentence.</param>
    public static ParentNotice Notice(string delivery, ParticipantId to, string sentence, params (string Name, string Value)[] values) =>
        new(new DeliveryId(delivery), to, sentence, values.ToDictionary(value => value.Name, value => value.Value), null);
}
