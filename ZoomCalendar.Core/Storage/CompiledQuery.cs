using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore.Metadata;

namespace ZoomCalendar.Core.Storage;

/// <summary>A query that is compiled once for each model. EF Core's own compiled queries support one provider only. Thread-safe.</summary>
/// <param name="compile">Calls <c>EF.CompileAsyncQuery</c>.</param>
internal sealed class CompiledQuery<TQuery>(Func<TQuery> compile)
    where TQuery : Delegate
{
    private readonly ConditionalWeakTable<IModel, TQuery> _queries = [];

    public TQuery For(ZoomCalendarContext db) => _queries.GetValue(db.Model, _ => compile());
}
