using Atmosphere.Recognition.Faces.Catalogue;
using Atmosphere.Recognition.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Atmosphere.Recognition.Flows.Models;

/// <summary>Whether the server must start anew to use another recogniser.</summary>
public sealed class ModelSwitch(IServiceProvider services)
{
    // What was added while the server stopped; more is described in the background, so that the server is not away for long.
    private const int FewLeft = 200;

    public bool IsReady { get; private set; }

    internal void Ready()
    {
        IsReady = true;
        services.GetService<IHostApplicationLifetime>()?.StopApplication();
    }

    /// <summary>Before the server starts: uses the recogniser that is wanted if its vectors are there. What prevents it is recorded, and the one in use stays.</summary>
    /// <returns>Whether another one is in use now.</returns>
    public async Task<bool> ApplyAsync(CancellationToken cancellation)
    {
        var database = services.GetRequiredService<Database>();
        if (await database.ReadAsync(session => ModelUse.FindAsync(session, ModelUse.Recogniser), cancellation) is not { Wanted: { } wanted })
            return false;
        try
        {
            var faces = services.GetRequiredService<Redescription>();
            using var engine = services.GetRequiredService<ModelEngines>().Open(wanted);
            if (await faces.LeftAsync(engine.Faces, cancellation) > FewLeft)
                return false;
            await faces.ContinueAsync(engine.Faces, progress: null, cancellation);
            return await faces.TakeOverAsync(engine, cancellation);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            services.GetRequiredService<ILogger<ModelSwitch>>().LogWarning(error, "{Model} cannot be used; the recogniser in use stays", wanted);
            await database.WriteAsync(session => ModelUse.ProblemAsync(session, ModelUse.Recogniser, error.Message), CancellationToken.None);
            return false;
        }
    }
}
