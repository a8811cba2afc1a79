using System.CommandLine;
using Atmosphere.Bot.Console.Operators;
using Atmosphere.Bot.Storage;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Flows.Operations;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Bot.Console.Verbs;

/// <summary>atmosphere deliveries list|resend|drop</summary>
internal static class DeliveriesVerb
{
    private const int WidthOfAll = 170;

    private static readonly Option<bool> _json = Limits.Json();
    private static readonly Option<int> _limit = Limits.Limit();
    private static readonly Option<string?> _state = new("--state") { Description = "Only those that are unknown, failed, or pending (they wait until the parent writes)", HelpName = "STATE" };
    private static readonly Option<bool> _all = new("--all") { Description = "All of them" };
    private static readonly Argument<string?> _id = new("ID") { Description = "Id of the delivery, as list prints it", Arity = ArgumentArity.ZeroOrOne };

    public static Command Create(Shell shell)
    {
        var list = new Command("list", "Print the deliveries that failed, wait, or of which nobody knows whether they arrived, the last one first") { _state, _limit, _json };
        list.SetAction((line, cancellation) => ListAsync(shell, line, cancellation));
        return new Command("deliveries", "Decide about photos for parents that did not arrive, or may not have")
        {
            list,
            Change(shell, "resend", "Send them again, if consent still stands; one that is unknown may arrive twice", "sent again", (deliveries, delivery, cancellation) =>
                deliveries.ResendAsync(delivery, session => ReplyStore.ReopenAsync(session, delivery.Value), cancellation)),
            Change(shell, "drop", "Never send them again", "dropped", (deliveries, delivery, cancellation) => deliveries.DropAsync(delivery, cancellation)),
        };
    }

    private static Command Change(
        Shell shell, string name, string description, string done, Func<OperatorDeliveries, DeliveryId, CancellationToken, Task<bool>> change)
    {
        var command = new Command(name, description) { _id, _state, _all, _json };
        command.SetAction(async (line, cancellation) =>
        {
            var (id, state, all) = (line.GetValue(_id), StateOf(line), line.GetValue(_all));
            if (new[] { id is not null, state is not null, all }.Count(given => given) != 1)
                throw new UsageException("Name a delivery by its id, those of a state with --state STATE, or all of them with --all.");

            await using var services = await BesideTheServer.OpenAsync(shell, line, cancellation);
            var deliveries = services.GetRequiredService<OperatorDeliveries>();
            var open = await deliveries.ListAsync(state, int.MaxValue, cancellation);
            var meant = id is null ? [.. open.Reverse()] : open.Where(delivery => delivery.Id.Value == id).ToList();
            if (id is not null && meant.Count == 0)
                throw new VerbException($"There is nothing to decide about a delivery '{id}'. 'deliveries list' prints those that are open.");
            var results = new Outcomes(shell.Terminal);
            foreach (var delivery in meant)
                await results.TryAsync(() => change(deliveries, delivery.Id, cancellation));
            return results.End(done, "delivery", line.GetValue(_json), "deliveries");
        });
        return command;
    }

    private static async Task<int> ListAsync(Shell shell, ParseResult line, CancellationToken cancellation)
    {
        var (state, limit) = (StateOf(line), Limits.Value(line, _limit));
        await using var services = await BesideTheServer.OpenAsync(shell, line, cancellation);
        var found = await services.GetRequiredService<OperatorDeliveries>().ListAsync(state, limit, cancellation);
        if (line.GetValue(_json))
        {
            Sheet.Json(shell.Terminal, found.Select(delivery => new
            {
                Id = delivery.Id.Value,
                Photo = delivery.PhotoId.Value,
                Participant = delivery.ParticipantId.Value,
                delivery.State,
                delivery.Error,
                CreatedAt = DateTimeOffset.FromUnixTimeMilliseconds(delivery.CreatedAt),
            }));
            return ExitCode.Success;
        }

        if (found.Count == 0)
            shell.Terminal.Line("There is nothing to decide: no delivery failed, waits or is unknown.");
        else
            shell.Terminal.Out.Write(Table(found, shell.Terminal.Out.Profile.Width));
        return ExitCode.Success;
    }

    private static Spectre.Console.Table Table(IReadOnlyList<OpenDelivery> deliveries, int width) => width >= WidthOfAll
        ? Sheet.Rows(["id", "state", "photo", "participant", "made", "reason"], deliveries, delivery =>
            [delivery.Id, delivery.State, delivery.PhotoId, delivery.ParticipantId, Sheet.Time(delivery.CreatedAt), Sheet.Short(delivery.Error)])
        : Sheet.Rows(["id", "state, time, reason"], deliveries, delivery =>
            [delivery.Id, Sheet.Say($"{delivery.State.ToString().ToLowerInvariant()}, {Sheet.Time(delivery.CreatedAt)}\n{Sheet.Short(delivery.Error)}")]);

    private static DeliveryState? StateOf(ParseResult line) => line.GetValue(_state) switch
    {
        null => null,
        "unknown" => DeliveryState.Unknown,
        "failed" => DeliveryState.Failed,
        "pending" => DeliveryState.Pending,
        var other => throw new UsageException($"--state {other} cannot be; use unknown, failed or pending."),
    };
}
