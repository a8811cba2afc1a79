using System.CommandLine;
using Atmosphere.Bot.Console.Operators;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Flows.Operations;
using Atmosphere.Recognition.Messaging;

namespace Atmosphere.Bot.Console.Verbs;

/// <summary>atmosphere photos list|show|retry</summary>
internal static class PhotosVerb
{
    private static readonly Option<bool> _json = Limits.Json();
    private static readonly Option<int> _limit = Limits.Limit();
    private static readonly Option<string?> _group = new("--group") { Description = "Only of this group", HelpName = "GROUP" };
    private static readonly Argument<string> _id = new("ID") { Description = "Id of the photo, as list prints it" };
    private static readonly Argument<string?> _retried = new("ID") { Description = "Id of the photo, as list prints it", Arity = ArgumentArity.ZeroOrOne };
    private static readonly Option<string?> _state = new("--state")
    {
        Description = "Only in this state: unprocessed, processing, processed, degraded, failed or erased",
        HelpName = "STATE",
    };

    private static readonly Option<string?> _retriedState = new("--state") { Description = "All photos in this state: failed or degraded", HelpName = "STATE" };

    public static Command Create(Shell shell)
    {
        var list = new Command("list", "Print the photos, the last one first") { _state, _group, _limit, _json };
        list.SetAction((line, cancellation) => ListAsync(shell, line, cancellation));
        var show = new Command("show", "Print everything about one: steps, faces, deliveries, notifications, dead letters") { _id, _json };
        show.SetAction((line, cancellation) => ShowAsync(shell, line, cancellation));
        var retry = new Command("retry", "Let a failed or degraded photo begin again; nobody gets twice what was delivered") { _retried, _retriedState, _json };
        retry.SetAction((line, cancellation) => RetryAsync(shell, line, cancellation));
        return new Command("photos", "Look at photos and what became of them; let failed ones begin again") { list, show, retry };
    }

    private static async Task<int> ListAsync(Shell shell, ParseResult line, CancellationToken cancellation)
    {
        var (state, limit) = (State(line.GetValue(_state)), Limits.Value(line, _limit));
        var group = line.GetValue(_group) is { } name ? new GroupId(name) : (GroupId?)null;
        await using var services = await BesideTheServer.OpenAsync(shell, line, cancellation);
        var photos = await services.GetRequiredService<OperatorPhotos>().ListAsync(state, group, limit, cancellation);
        if (line.GetValue(_json))
        {
            Sheet.Json(shell.Terminal, photos.Select(PhotoSheet.Json));
            return ExitCode.Success;
        }

        if (photos.Count == 0)
            shell.Terminal.Line("There are no such photos.");
        else
            PhotoSheet.Print(shell.Terminal, photos);
        return ExitCode.Success;
    }

    private static async Task<int> ShowAsync(Shell shell, ParseResult line, CancellationToken cancellation)
    {
        await using var services = await BesideTheServer.OpenAsync(shell, line, cancellation);
        var id = line.GetRequiredValue(_id);
        var story = await services.GetRequiredService<OperatorPhotos>().FindAsync(new PhotoId(id), cancellation)
            ?? throw new VerbException($"There is no photo '{id}'; its time to live may be over. 'photos list' prints those that are there.");
        if (line.GetValue(_json))
            Sheet.Json(shell.Terminal, PhotoSheet.Json(story));
        else
            PhotoSheet.Print(shell.Terminal, story);
        return ExitCode.Success;
    }

    private static async Task<int> RetryAsync(Shell shell, ParseResult line, CancellationToken cancellation)
    {
        var (id, state) = (line.GetValue(_retried), State(line.GetValue(_retriedState)));
        if ((id is null) == (state is null))
            throw new UsageException("Name one photo by its id, or all of a state with --state failed or --state degraded.");
        if (state is not (null or PhotoState.Failed or PhotoState.Degraded))
            throw new UsageException($"--state {line.GetValue(_retriedState)} cannot begin again; use failed or degraded.");

        await using var services = await BesideTheServer.OpenAsync(shell, line, cancellation);
        var photos = services.GetRequiredService<OperatorPhotos>();
        var results = new Outcomes(shell.Terminal);
        foreach (var photo in state is { } all ? await photos.InStateAsync(all, cancellation) : [new PhotoId(id!)])
        {
            Correlation.Continue(Guid.CreateVersion7().ToString("N"));
            await results.TryAsync(async () =>
            {
                await photos.RetryAsync(photo, cancellation);
                return true;
            });
        }

        return results.End("begun again", "photo", line.GetValue(_json));
    }

    private static PhotoState? State(string? name) => name is null ? null
        : Enum.TryParse<PhotoState>(name, ignoreCase: true, out var state) && Enum.IsDefined(state) && !char.IsAsciiDigit(name[0]) ? state
        : throw new UsageException(
            $"--state {name} is no state of a photo; use {string.Join(", ", Enum.GetNames<PhotoState>().Select(known => known.ToLowerInvariant()))}.");
}
