/**
 * The page of `p` (cart.page_config) whose chosen key is `k` (cart.seller_credential), as the domain reads
 * it.
 */
export const pageJson = `json_build_object('id', p.id, 'name', p.name, 'currency', p.currency,
  'seller', CASE WHEN p.credential_id IS NOT NULL
    THEN json_build_object('merchantCode', k.merchant_code, 'credentialId', p.credential_id) END,
  'paused', p.paused, 'acceptsLate', p.accepts_late, 'refundsAlone', p.refunds_alone, 'contact', p.contact,
    'url', p.url)`

export const pageTables = `cart.page_config p LEFT JOIN cart.seller_credential k ON k.id = p.credential_id`
